/** Where alerts, cases and reports stand at the regulator's desk, and what kinds of lines a case's history has. */

export const ALERT_STATES = ["open", "inCase", "dismissed"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const CASE_STATES = ["open", "underReview", "acted", "dismissed"] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const ENTRY_KINDS = ["opened", "note", "alert", "review", "act", "outcome"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const REPORT_STATES = ["making", "ready", "failed"] as const;
export type ReportState = (typeof REPORT_STATES)[number];
