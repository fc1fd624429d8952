-- Up Migration
SET LOCAL lock_timeout = '5s';

-- A reminder that was given: once for each occasion, however many workers there are and however long they were away. `gang` tells occasions of one
-- thing apart: the day of a samtale, the sending of an item and to whom, the day since when there was none; for mail the day that it went.
CREATE TABLE paminnelse (
  slag text NOT NULL CHECK (slag IN ('samtale', 'star', 'stille', 'halvveis', 'brev')),
  objekt_id uuid NOT NULL,
  gang text NOT NULL CHECK (length(gang) <= 120),
  at timestamptz NOT NULL,
  PRIMARY KEY (slag, objekt_id, gang)
);

-- Whoever something was sent to has opened it: once for each sending, for the LIS who sent it to see.
CREATE TABLE apning (
  objekt_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES bruker,
  sendt_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (objekt_id, person_id, sendt_at)
);

CREATE INDEX laeringsaktivitet_sendt ON laeringsaktivitet (sendt_at) WHERE status = 'sendt';
CREATE INDEX samtale_kommende ON samtale (dato) WHERE status IN ('planlagt', 'aktiv');

GRANT SELECT, INSERT ON paminnelse TO lisk_worker;
GRANT SELECT, INSERT ON apning TO lisk_web;
-- Several reminders of one day are one mail, written after them.
GRANT UPDATE (epost_id) ON varsel TO lisk_worker;
GRANT SELECT ON tjenestebekreftelse TO lisk_worker;

-- Down Migration
