/** Binds the port that was had before, or any other where somebody else has it now. Answers with the one that was bound. */
export async function listenWherePossible(listen: (port: number) => Promise<number>, port: number): Promise<number> {
  try {
    return await listen(port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0) throw error
    return listen(0)
  }
}
