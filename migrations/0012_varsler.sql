-- Up Migration
SET LOCAL lock_timeout = '5s';

-- How a person wants to be written to: not at all (but for what is mandatory, S18), and on which weekday (Monday is 1) the summary goes.
ALTER TABLE bruker
  ADD COLUMN ingen_epost boolean NOT NULL DEFAULT false,
  ADD COLUMN oppsummering_dag smallint NOT NULL DEFAULT 1 CHECK (oppsummering_dag BETWEEN 1 AND 7);

-- What a person has chosen for a group; no row: the default, which the domain knows (S17).
CREATE TABLE varselvalg (
  bruker_id uuid NOT NULL REFERENCES bruker,
  gruppe text NOT NULL CHECK (length(gruppe) BETWEEN 1 AND 40),
  umiddelbar boolean NOT NULL,
  ukentlig boolean NOT NULL,
  hjem boolean NOT NULL,
  PRIMARY KEY (bruker_id, gruppe)
);

-- One weekly summary for each person and ISO week (trust.md, R07).
CREATE TABLE ukesoppsummering (
  id uuid PRIMARY KEY,
  bruker_id uuid NOT NULL REFERENCES bruker,
  uke text NOT NULL CHECK (uke ~ '^[0-9]{4}-W[0-9]{2}$'),
  at timestamptz NOT NULL,
  UNIQUE (bruker_id, uke)
);

-- What somebody is told, written in the transaction of its event. `data` holds names and codes only: no text of a samtale, no reason, no comment.
CREATE TABLE varsel (
  id uuid PRIMARY KEY,
  hendelse_id bigint NOT NULL REFERENCES hendelse,
  mottaker_id uuid NOT NULL REFERENCES bruker,
  -- Who the receiver is to the record.
  som text NOT NULL CHECK (som IN ('lis', 'leder', 'veileder', 'supervisor', 'deltaker', 'hdir', 'personen', 'innbyder')),
  type text NOT NULL,
  gruppe text NOT NULL CHECK (length(gruppe) BETWEEN 1 AND 40),
  kort text NOT NULL CHECK (kort IN ('varsler', 'medarbeideroppfolging')),
  lis_id uuid REFERENCES lis,
  objekt_id uuid,
  sti text NOT NULL CHECK (sti ~ '^/[^/\\]' AND length(sti) <= 200),
  data jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  -- Shown on Hjem, and part of the next summary, as was chosen when it happened.
  vis boolean NOT NULL,
  ukentlig boolean NOT NULL,
  lest_at timestamptz,
  -- The mail that told of it at once.
  epost_id uuid,
  oppsummering_id uuid REFERENCES ukesoppsummering,
  UNIQUE (hendelse_id, mottaker_id)
);
CREATE INDEX varsel_vist ON varsel (mottaker_id, hendelse_id DESC) WHERE vis;
CREATE INDEX varsel_ulest ON varsel (mottaker_id) WHERE vis AND lest_at IS NULL;
CREATE INDEX varsel_ukentlig ON varsel (mottaker_id, created_at) WHERE ukentlig AND lest_at IS NULL AND oppsummering_id IS NULL;
CREATE INDEX varsel_objekt ON varsel (objekt_id) WHERE lest_at IS NULL;
CREATE INDEX varsel_gammelt ON varsel (created_at);

-- Whoever has the link of a mail can turn off mail of that kind without log-in (RFC 8058). Of the token only the hash is kept.
CREATE TABLE avmelding (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  bruker_id uuid NOT NULL REFERENCES bruker,
  -- A group, or «ukentlig» for the summary.
  gruppe text NOT NULL CHECK (length(gruppe) BETWEEN 1 AND 40),
  created_at timestamptz NOT NULL,
  brukt_at timestamptz
);
CREATE INDEX avmelding_gammel ON avmelding (created_at);

-- Dated announcements of Helsedirektoratet and drift, by role (S4).
CREATE TABLE melding (
  id uuid PRIMARY KEY,
  tittel text NOT NULL CHECK (length(tittel) BETWEEN 1 AND 120),
  tekst text NOT NULL CHECK (length(tekst) BETWEEN 1 AND 2000),
  roller text[] NOT NULL CHECK (cardinality(roller) > 0 AND roller <@ ARRAY['lis', 'leder', 'veileder', 'supervisor', 'hdir', 'drift']),
  fra date NOT NULL,
  til date CHECK (til >= fra),
  skrevet_av uuid NOT NULL REFERENCES bruker,
  skrevet_rolle text NOT NULL CHECK (skrevet_rolle IN ('hdir', 'drift')),
  created_at timestamptz NOT NULL,
  trukket_at timestamptz
);
CREATE INDEX melding_fra ON melding (fra) WHERE trukket_at IS NULL;

GRANT UPDATE (ingen_epost, oppsummering_dag) ON bruker TO lisk_web;
GRANT SELECT, INSERT, DELETE ON varselvalg TO lisk_web;
GRANT UPDATE (umiddelbar, ukentlig, hjem) ON varselvalg TO lisk_web;
GRANT SELECT ON varselvalg, ukesoppsummering TO lisk_worker;
GRANT INSERT ON ukesoppsummering TO lisk_worker;
GRANT SELECT, INSERT ON varsel TO lisk_web, lisk_worker;
GRANT UPDATE (lest_at) ON varsel TO lisk_web;
GRANT UPDATE (lest_at, oppsummering_id) ON varsel TO lisk_worker;
GRANT DELETE ON varsel TO lisk_worker;
-- Several of one kind in one act are one mail.
GRANT UPDATE (data) ON epost TO lisk_web, lisk_worker;
GRANT SELECT ON avmelding TO lisk_web, lisk_worker;
GRANT UPDATE (brukt_at) ON avmelding TO lisk_web;
GRANT INSERT, DELETE ON avmelding TO lisk_worker;
GRANT SELECT, INSERT ON melding TO lisk_web;
GRANT UPDATE (trukket_at) ON melding TO lisk_web;

-- Down Migration
