// SPDX-License-Identifier: Apache-2.0

export const SCHEMA_VERSION = 2;

/** A product keeps serial number, IMEI and node when its board is replaced: they are unique among boards in use. Times are unix seconds; addresses, ids and serial numbers lower hexadecimal, as their formats write them. */
export const SCHEMA = `
CREATE TABLE certificates (
  serial_number TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('root', 'line', 'device', 'ota')),
  issuer TEXT NOT NULL REFERENCES certificates (serial_number) DEFERRABLE INITIALLY DEFERRED,
  subject TEXT NOT NULL,
  address TEXT NOT NULL CHECK (address GLOB '0x*' AND length(address) = 42 AND address <> '0x0000000000000000000000000000000000000000'),
  not_before INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  units INTEGER,
  der BLOB NOT NULL,
  revoked_at INTEGER,
  revocation_reason TEXT,
  revocation_block TEXT
) STRICT;

CREATE TABLE units (
  chip_id TEXT PRIMARY KEY CHECK (length(chip_id) = 16),
  address TEXT NOT NULL UNIQUE CHECK (address GLOB '0x*' AND length(address) = 42 AND address <> '0x0000000000000000000000000000000000000000'),
  serial TEXT NOT NULL CHECK (length(serial) > 0),
  hardware_model TEXT NOT NULL CHECK (length(hardware_model) > 0),
  imei TEXT CHECK (length(imei) = 15),
  state TEXT NOT NULL CHECK (state IN ('issued', 'enrolled', 'verified', 'registered', 'locked', 'scrapped')),
  token_id TEXT,
  certificate TEXT NOT NULL UNIQUE REFERENCES certificates (serial_number),
  line TEXT NOT NULL REFERENCES certificates (serial_number),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX units_by_line ON units (line);
CREATE UNIQUE INDEX units_serial ON units (serial) WHERE state <> 'scrapped';
CREATE UNIQUE INDEX units_imei ON units (imei) WHERE state <> 'scrapped';
CREATE UNIQUE INDEX units_token ON units (token_id) WHERE state <> 'scrapped';

CREATE TABLE mintings (
  chip_id TEXT PRIMARY KEY REFERENCES units (chip_id),
  record BLOB NOT NULL,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  imei_salt BLOB CHECK (length(imei_salt) = 32)
) STRICT;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  subject TEXT NOT NULL,
  what TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_subject ON events (subject);
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_last BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'events are never deleted'); END;

CREATE TABLE lists (
  number INTEGER PRIMARY KEY,
  this_update INTEGER NOT NULL,
  next_update INTEGER NOT NULL,
  der BLOB NOT NULL
) STRICT;
`;
