/**
 * What brings an archive from one version to the next, in order: `user_version` counts the steps that it has seen.
 * A step that was ever released is never changed; a new one is added at the end.
 */
export const migrations: string[] = [
  `
  -- One row an exchange: the head of its raw record, and behind it what derivation found out for looking it up.
  CREATE TABLE exchange (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    launchId TEXT NOT NULL,
    startedAt REAL NOT NULL,
    isFinished INTEGER NOT NULL DEFAULT 0,
    lostAs TEXT,
    sessionId TEXT,
    turnId TEXT,
    isLoose INTEGER NOT NULL DEFAULT 0,
    responseId TEXT,
    head ANY NOT NULL
  ) STRICT;
  CREATE INDEX exchangeByTurn ON exchange (turnId, key) WHERE turnId IS NOT NULL;
  CREATE INDEX exchangeBySession ON exchange (sessionId, key) WHERE sessionId IS NOT NULL;
  CREATE INDEX looseExchange ON exchange (sessionId, key) WHERE isLoose = 1;
  CREATE INDEX exchangeByResponse ON exchange (responseId) WHERE responseId IS NOT NULL;
  CREATE INDEX exchangeByTime ON exchange (startedAt, key);
  CREATE INDEX unfinishedExchange ON exchange (key) WHERE isFinished = 0;

  -- Bytes as they came, a few parts a row while they stream and all in one row after the end.
  CREATE TABLE rawBlock (
    key INTEGER PRIMARY KEY,
    exchangeKey INTEGER NOT NULL REFERENCES exchange (key) ON DELETE CASCADE,
    marks ANY NOT NULL,
    request BLOB,
    response BLOB
  ) STRICT;
  CREATE INDEX rawBlockByExchange ON rawBlock (exchangeKey, key);

  CREATE TABLE turn (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sessionId TEXT NOT NULL,
    launchId TEXT NOT NULL,
    startedAt REAL NOT NULL,
    isLive INTEGER NOT NULL,
    summary ANY NOT NULL,
    body ANY NOT NULL
  ) STRICT;
  CREATE INDEX turnBySession ON turn (sessionId, startedAt, key);
  CREATE INDEX turnByLaunch ON turn (launchId, sessionId);
  CREATE INDEX liveTurn ON turn (launchId) WHERE isLive = 1;

  CREATE TABLE session (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    updatedAt REAL NOT NULL,
    title TEXT NOT NULL,
    body ANY NOT NULL
  ) STRICT;
  CREATE INDEX sessionByUpdate ON session (updatedAt, key);

  -- The user's own word, which no derivation may overwrite.
  CREATE TABLE renamed (sessionId TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- Titles that codex made in a conversation of its own, and whose they are once that is known.
  CREATE TABLE madeTitle (
    exchangeKey INTEGER PRIMARY KEY REFERENCES exchange (key) ON DELETE CASCADE,
    launchId TEXT NOT NULL,
    title TEXT NOT NULL,
    sessionId TEXT
  ) STRICT;
  CREATE INDEX madeTitleBySession ON madeTitle (sessionId) WHERE sessionId IS NOT NULL;
  CREATE INDEX unclaimedTitle ON madeTitle (launchId) WHERE sessionId IS NULL;

  -- The texts of items that search finds. The index has no copy of them: what is taken out of it is taken out by this text.
  CREATE TABLE document (
    key INTEGER PRIMARY KEY,
    turnKey INTEGER NOT NULL REFERENCES turn (key) ON DELETE CASCADE,
    itemId TEXT NOT NULL,
    type TEXT NOT NULL,
    at REAL NOT NULL,
    digest TEXT NOT NULL,
    text ANY NOT NULL
  ) STRICT;
  CREATE INDEX documentByTurn ON document (turnKey);
  CREATE VIRTUAL TABLE documentIndex USING fts5(
    text, content='', columnsize=0, prefix='2 3', tokenize="unicode61 remove_diacritics 2 tokenchars '_'"
  );
  -- Without it a deleted word stays readable in the index until its segment happens to be merged.
  INSERT INTO documentIndex (documentIndex, rank) VALUES ('secure-delete', 1);

  CREATE TABLE launch (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    startedAt REAL NOT NULL,
    endedAt REAL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX liveLaunch ON launch (startedAt) WHERE endedAt IS NULL;

  CREATE TABLE authCall (
    key INTEGER PRIMARY KEY,
    launchId TEXT NOT NULL,
    at REAL NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    httpStatus INTEGER,
    durationMs REAL NOT NULL
  ) STRICT;

  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER sessionAdded AFTER INSERT ON session BEGIN
    INSERT INTO counter VALUES ('sessions', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1;
  END;
  CREATE TRIGGER sessionRemoved AFTER DELETE ON session BEGIN
    UPDATE counter SET value = value - 1 WHERE name = 'sessions';
  END;
  `,
  `
  ALTER TABLE authCall ADD COLUMN errorCode TEXT;

  -- What the plan's limits were at a time, told by an answer of the model or by codex.
  CREATE TABLE limitSnapshot (at REAL PRIMARY KEY, limits TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Turns now say what they used of which model: what is derived is derived anew, by the flag of a run that was broken off.
  INSERT OR REPLACE INTO counter SELECT 'rederiving', 1 WHERE EXISTS (SELECT 1 FROM turn);
  `,
  `
  -- What lists and searches are narrowed and sorted by: narrow rows, so that going through all of them is quick. Derived.
  CREATE TABLE sessionFacet (
    key INTEGER PRIMARY KEY REFERENCES session (key) ON DELETE CASCADE,
    updatedAt REAL NOT NULL,
    startedAt REAL NOT NULL,
    tokens INTEGER NOT NULL,
    durationMs REAL NOT NULL,
    usd REAL NOT NULL,
    status TEXT NOT NULL,
    cwd TEXT,
    model TEXT,
    accountMode TEXT,
    hasEdits INTEGER NOT NULL,
    hasErrors INTEGER NOT NULL,
    isStarred INTEGER NOT NULL,
    words TEXT NOT NULL
  ) STRICT;
  CREATE INDEX facetByUpdate ON sessionFacet (updatedAt, key);
  CREATE INDEX facetByStart ON sessionFacet (startedAt, key);
  CREATE INDEX facetByProject ON sessionFacet (cwd, updatedAt, key);
  CREATE INDEX facetByModel ON sessionFacet (model, updatedAt, key);
  CREATE INDEX starredFacet ON sessionFacet (updatedAt, key) WHERE isStarred = 1;
  CREATE TABLE turnFacet (
    key INTEGER PRIMARY KEY REFERENCES turn (key) ON DELETE CASCADE,
    startedAt REAL NOT NULL,
    status TEXT NOT NULL,
    model TEXT,
    cwd TEXT
  ) STRICT;

  -- The user's own words, which no derivation may overwrite.
  CREATE TABLE starred (sessionId TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE tagged (sessionId TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (sessionId, tag)) STRICT, WITHOUT ROWID;
  CREATE TABLE noted (sessionId TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT, WITHOUT ROWID;
  -- Deleted by the user, and still there for a moment.
  CREATE TABLE trashed (sessionId TEXT PRIMARY KEY, undoUntil REAL NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- Of an exchange that is finished, what its bytes take on the disk; and of sessions, their sum.
  ALTER TABLE exchange ADD COLUMN storedBytes INTEGER NOT NULL DEFAULT 0;
  UPDATE exchange SET storedBytes = (
    SELECT ifnull(sum(length(marks) + ifnull(length(request), 0) + ifnull(length(response), 0)), 0)
    FROM rawBlock WHERE exchangeKey = exchange.key
  );
  CREATE TABLE sessionSize (sessionId TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO sessionSize SELECT sessionId, sum(storedBytes) FROM exchange WHERE sessionId IS NOT NULL GROUP BY sessionId;
  CREATE TRIGGER exchangeSized AFTER UPDATE OF sessionId, storedBytes ON exchange
    WHEN old.sessionId IS NOT new.sessionId OR old.storedBytes <> new.storedBytes
  BEGIN
    UPDATE sessionSize SET bytes = bytes - old.storedBytes WHERE sessionId = old.sessionId;
    INSERT INTO sessionSize SELECT new.sessionId, new.storedBytes WHERE new.sessionId IS NOT NULL
      ON CONFLICT (sessionId) DO UPDATE SET bytes = bytes + excluded.bytes;
  END;
  CREATE TRIGGER exchangeUnsized AFTER DELETE ON exchange WHEN old.sessionId IS NOT NULL BEGIN
    UPDATE sessionSize SET bytes = bytes - old.storedBytes WHERE sessionId = old.sessionId;
    DELETE FROM sessionSize WHERE sessionId = old.sessionId AND bytes <= 0;
  END;

  -- What is recorded already gets its facets by being derived again.
  INSERT INTO counter SELECT 'rederiving', 1 WHERE EXISTS (SELECT 1 FROM exchange)
    ON CONFLICT (name) DO UPDATE SET value = 1;
  `,
  `
  -- What search narrows and groups its documents by, apart from their long texts. Commands, files and output are documents of
  -- their own now, so all of them are derived again.
  CREATE TABLE documentFacet (
    key INTEGER PRIMARY KEY REFERENCES document (key) ON DELETE CASCADE,
    turnKey INTEGER NOT NULL,
    kind TEXT NOT NULL,
    tool TEXT
  ) STRICT;
  CREATE INDEX documentByTool ON documentFacet (tool, key) WHERE tool IS NOT NULL;
  CREATE INDEX turnByFolder ON turnFacet (cwd, key);
  CREATE INDEX turnByModel ON turnFacet (model, key);
  CREATE INDEX tagByName ON tagged (tag);
  INSERT INTO documentFacet SELECT key, turnKey, 'other', NULL FROM document;
  INSERT INTO counter SELECT 'rederiving', 1 WHERE EXISTS (SELECT 1 FROM exchange)
    ON CONFLICT (name) DO UPDATE SET value = 1;
  `,
  `
  -- What exchanges used, and their sums over a quarter of an hour: each exchange stands in the sums while its session is shown,
  -- which it is while the row names a group. Derived.
  CREATE TABLE usageGroup (
    key INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    model TEXT NOT NULL,
    isLong INTEGER NOT NULL,
    accountMode TEXT NOT NULL,
    UNIQUE (project, model, isLong, accountMode)
  ) STRICT;
  CREATE TABLE exchangeUsage (
    exchangeKey INTEGER PRIMARY KEY REFERENCES exchange (key) ON DELETE CASCADE,
    slot INTEGER NOT NULL,
    groupKey INTEGER,
    model TEXT NOT NULL,
    isLong INTEGER NOT NULL,
    accountMode TEXT NOT NULL,
    inputTokens INTEGER NOT NULL,
    cachedInputTokens INTEGER NOT NULL,
    outputTokens INTEGER NOT NULL,
    reasoningTokens INTEGER NOT NULL,
    totalTokens INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE usageSlot (
    slot INTEGER NOT NULL,
    groupKey INTEGER NOT NULL,
    requestCount INTEGER NOT NULL,
    inputTokens INTEGER NOT NULL,
    cachedInputTokens INTEGER NOT NULL,
    outputTokens INTEGER NOT NULL,
    reasoningTokens INTEGER NOT NULL,
    totalTokens INTEGER NOT NULL,
    PRIMARY KEY (slot, groupKey)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX usageSlotByGroup ON usageSlot (groupKey);
  CREATE TRIGGER usageAdded AFTER INSERT ON exchangeUsage WHEN new.groupKey IS NOT NULL BEGIN
    INSERT INTO usageSlot VALUES (new.slot, new.groupKey, 1, new.inputTokens, new.cachedInputTokens, new.outputTokens,
        new.reasoningTokens, new.totalTokens)
      ON CONFLICT (slot, groupKey) DO UPDATE SET requestCount = requestCount + 1,
        inputTokens = inputTokens + excluded.inputTokens,
        cachedInputTokens = cachedInputTokens + excluded.cachedInputTokens,
        outputTokens = outputTokens + excluded.outputTokens,
        reasoningTokens = reasoningTokens + excluded.reasoningTokens,
        totalTokens = totalTokens + excluded.totalTokens;
  END;
  CREATE TRIGGER usageRemoved AFTER DELETE ON exchangeUsage WHEN old.groupKey IS NOT NULL BEGIN
    UPDATE usageSlot SET requestCount = requestCount - 1,
        inputTokens = inputTokens - old.inputTokens,
        cachedInputTokens = cachedInputTokens - old.cachedInputTokens,
        outputTokens = outputTokens - old.outputTokens,
        reasoningTokens = reasoningTokens - old.reasoningTokens,
        totalTokens = totalTokens - old.totalTokens
      WHERE groupKey = old.groupKey AND slot = old.slot;
    DELETE FROM usageSlot WHERE groupKey = old.groupKey AND slot = old.slot AND requestCount <= 0;
  END;
  CREATE TRIGGER usageTakenOut AFTER UPDATE ON exchangeUsage WHEN old.groupKey IS NOT NULL BEGIN
    UPDATE usageSlot SET requestCount = requestCount - 1,
        inputTokens = inputTokens - old.inputTokens,
        cachedInputTokens = cachedInputTokens - old.cachedInputTokens,
        outputTokens = outputTokens - old.outputTokens,
        reasoningTokens = reasoningTokens - old.reasoningTokens,
        totalTokens = totalTokens - old.totalTokens
      WHERE groupKey = old.groupKey AND slot = old.slot;
    DELETE FROM usageSlot WHERE groupKey = old.groupKey AND slot = old.slot AND requestCount <= 0;
  END;
  CREATE TRIGGER usagePutIn AFTER UPDATE ON exchangeUsage WHEN new.groupKey IS NOT NULL BEGIN
    INSERT INTO usageSlot VALUES (new.slot, new.groupKey, 1, new.inputTokens, new.cachedInputTokens, new.outputTokens,
        new.reasoningTokens, new.totalTokens)
      ON CONFLICT (slot, groupKey) DO UPDATE SET requestCount = requestCount + 1,
        inputTokens = inputTokens + excluded.inputTokens,
        cachedInputTokens = cachedInputTokens + excluded.cachedInputTokens,
        outputTokens = outputTokens + excluded.outputTokens,
        reasoningTokens = reasoningTokens + excluded.reasoningTokens,
        totalTokens = totalTokens + excluded.totalTokens;
  END;

  -- What is recorded already is counted by being derived again.
  INSERT INTO counter SELECT 'rederiving', 1 WHERE EXISTS (SELECT 1 FROM exchange)
    ON CONFLICT (name) DO UPDATE SET value = 1;
  `,
  `
  -- Arguments of codex may hold a prompt, which is to be in its conversation alone, and to go with it.
  UPDATE launch SET record = '{}' WHERE endedAt IS NOT NULL;
  `,
  `
  -- The branch that a session's folder was on as its last turn began.
  CREATE TABLE branch (sessionId TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Whose a turn is, apart from its long body: what many places are of is found without reading turns.
  CREATE INDEX turnPlace ON turn (key, sessionId);

  -- Beginnings of four and five letters, too, stand in the index as such: others are put together of all words that begin so,
  -- however few of the places are asked for. An index of another shape is a new one, so all of it is derived again. Texts with a
  -- key up to the counter's are in no index until then. The one of before is taken out of the file afterwards, piece by piece.
  ALTER TABLE documentIndex RENAME TO formerIndex;
  INSERT INTO counter SELECT 'unindexedTo', max(key) FROM document HAVING max(key) IS NOT NULL;
  CREATE VIRTUAL TABLE documentIndex USING fts5(
    text, content='', columnsize=0, prefix='2 3 4 5', tokenize="unicode61 remove_diacritics 2 tokenchars '_'"
  );
  INSERT INTO documentIndex (documentIndex, rank) VALUES ('secure-delete', 1);
  INSERT INTO counter SELECT 'rederiving', 1 WHERE EXISTS (SELECT 1 FROM exchange)
    ON CONFLICT (name) DO UPDATE SET value = 1;
  `,
  `
  -- When a limit resets, and the plan that paid, are read out of what is recorded.
  INSERT INTO counter SELECT 'rederiving', 1 WHERE EXISTS (SELECT 1 FROM exchange)
    ON CONFLICT (name) DO UPDATE SET value = 1;
  `,
  `
  -- From which key on documents are of which session, so that whose many places of a word are is found in few pages. Those of
  -- documents that are there already are gathered piece by piece: the counter is the key up to which they are, until all are.
  CREATE TABLE documentRun (firstKey INTEGER PRIMARY KEY, sessionId TEXT NOT NULL) STRICT;
  INSERT INTO counter SELECT 'runsTo', 0 WHERE EXISTS (SELECT 1 FROM document);
  `,
  `
  -- Beginnings of six letters, too: of such as "handle" there are thousands of words.
  ALTER TABLE documentIndex RENAME TO formerIndexOfFive;
  INSERT INTO counter SELECT 'unindexedTo', max(key) FROM document HAVING max(key) IS NOT NULL
    ON CONFLICT (name) DO UPDATE SET value = excluded.value;
  CREATE VIRTUAL TABLE documentIndex USING fts5(
    text, content='', columnsize=0, prefix='2 3 4 5 6', tokenize="unicode61 remove_diacritics 2 tokenchars '_'"
  );
  INSERT INTO documentIndex (documentIndex, rank) VALUES ('secure-delete', 1);
  INSERT INTO counter SELECT 'rederiving', 1 WHERE EXISTS (SELECT 1 FROM exchange)
    ON CONFLICT (name) DO UPDATE SET value = 1;
  `,
  `
  -- Exchanges whose bytes are all stored, and of which nothing is derived yet, or not the end.
  CREATE TABLE underived (exchangeKey INTEGER PRIMARY KEY REFERENCES exchange (key) ON DELETE CASCADE) STRICT;
  `,
  `
  -- The items and the exchanges of a turn that goes on, some of them a row, so that not all of it is written at each change. Derived.
  CREATE TABLE turnPart (
    key INTEGER PRIMARY KEY,
    turnKey INTEGER NOT NULL REFERENCES turn (key) ON DELETE CASCADE,
    list TEXT NOT NULL,
    at INTEGER NOT NULL,
    body ANY NOT NULL,
    UNIQUE (turnKey, list, at)
  ) STRICT;
  `,
  `
  -- Outside of a git repository a folder was kept as codex writes it to the model: with what XML escapes.
  INSERT INTO counter SELECT 'rederiving', 1
    WHERE EXISTS (SELECT 1 FROM turnFacet WHERE cwd GLOB '*&*;*')
    ON CONFLICT (name) DO UPDATE SET value = 1;
  `,
  `
  -- In which folder a session goes on is read out of what is recorded.
  INSERT INTO counter SELECT 'rederiving', 1 WHERE EXISTS (SELECT 1 FROM exchange)
    ON CONFLICT (name) DO UPDATE SET value = 1;
  `,
  `
  -- What is to be told of what can still be brought back.
  ALTER TABLE trashed ADD COLUMN title TEXT;
  ALTER TABLE trashed ADD COLUMN batch TEXT;
  `,
]
