// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the room that owns these tables
export interface LedgerTables {}
