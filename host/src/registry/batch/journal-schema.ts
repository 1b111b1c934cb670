// SPDX-License-Identifier: Apache-2.0

export const JOURNAL_VERSION = 1;

/** One nonce for a batch's life: of its transactions at most one can be mined. */
export const JOURNAL_SCHEMA = `
CREATE TABLE batches (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  registry TEXT NOT NULL,
  manufacturer TEXT NOT NULL,
  nonce INTEGER NOT NULL,
  units TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'final', 'reverted', 'superseded'))
) STRICT;
CREATE UNIQUE INDEX one_batch_a_nonce ON batches (account, nonce) WHERE state IN ('open', 'final');

CREATE TABLE transactions (
  hash TEXT PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batches (id),
  raw TEXT NOT NULL
) STRICT;
`;
