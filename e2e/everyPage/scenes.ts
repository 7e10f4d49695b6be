import { ofApp } from './scenes/ofApp.ts'
import { ofSessions } from './scenes/ofSessions.ts'
import type { Scene } from './scenes/scene.ts'

export const scenes: Scene[] = [...ofSessions, ...ofApp]
