-- Up Migration
SET LOCAL lock_timeout = '5s';

-- Documents about the training (S12), in the database itself: one backup, one truth. Their bytes stand in fil_del, a piece a row.
CREATE TABLE fil (
  id uuid PRIMARY KEY,
  lis_id uuid NOT NULL REFERENCES lis,
  opplastet_av uuid NOT NULL REFERENCES bruker,
  navn text NOT NULL CHECK (length(navn) BETWEEN 1 AND 150),
  kategori text NOT NULL CHECK (kategori IN ('kursbevis', 'attest', 'opplaring', 'notat', 'annet')),
  beskrivelse text CHECK (length(beskrivelse) BETWEEN 1 AND 500),
  -- What its bytes say that it is; known when it has arrived.
  type text CHECK (length(type) BETWEEN 1 AND 100),
  -- In bytes. While it arrives: what it is at most, which the quota counts.
  storrelse bigint NOT NULL CHECK (storrelse BETWEEN 1 AND 10737418240),
  sha256 bytea CHECK (length(sha256) = 32),
  status text NOT NULL CHECK (status IN ('laster', 'sjekkes', 'klar', 'avvist')),
  -- What the virus scanner found.
  funn text CHECK (length(funn) BETWEEN 1 AND 200),
  -- At most one thing that it belongs to; its readers are then those of that thing.
  samtale_id uuid REFERENCES samtale,
  kode text REFERENCES laeringsmal,
  aktivitet_id uuid REFERENCES laeringsaktivitet ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  slettet_at timestamptz,
  slettet_av uuid REFERENCES bruker,
  CHECK (num_nonnulls(samtale_id, kode, aktivitet_id) <= 1),
  CHECK ((status = 'laster') = (sha256 IS NULL) AND (status = 'laster') = (type IS NULL)),
  CHECK ((status = 'avvist') = (funn IS NOT NULL)),
  CHECK ((slettet_at IS NULL) = (slettet_av IS NULL)),
  CHECK (slettet_at IS NULL OR status <> 'laster')
);
CREATE INDEX fil_lis ON fil (lis_id, created_at);
CREATE INDEX fil_samtale ON fil (samtale_id) WHERE samtale_id IS NOT NULL;
CREATE INDEX fil_aktivitet ON fil (aktivitet_id) WHERE aktivitet_id IS NOT NULL;
CREATE INDEX fil_venter ON fil (status, created_at) WHERE status IN ('laster', 'sjekkes');

CREATE TABLE fil_del (
  fil_id uuid NOT NULL REFERENCES fil ON DELETE CASCADE,
  nr integer NOT NULL CHECK (nr >= 0),
  innhold bytea NOT NULL CHECK (length(innhold) BETWEEN 1 AND 1048576),
  PRIMARY KEY (fil_id, nr)
);
-- Pictures and office files are compressed already.
ALTER TABLE fil_del ALTER COLUMN innhold SET STORAGE EXTERNAL;

-- Whether what a file belongs to has been sent, signed, approved or finished. It is held as it is until the transaction ends.
CREATE FUNCTION fil_kobling_laast(p_lis uuid, p_samtale uuid, p_kode text, p_aktivitet uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_status text;
BEGIN
  IF p_samtale IS NOT NULL THEN
    SELECT status INTO v_status FROM samtale WHERE id = p_samtale FOR SHARE;
    RETURN v_status IN ('ferdigstilt', 'avlyst');
  ELSIF p_aktivitet IS NOT NULL THEN
    SELECT status INTO v_status FROM laeringsaktivitet WHERE id = p_aktivitet FOR SHARE;
    RETURN v_status IN ('sendt', 'signert');
  ELSIF p_kode IS NOT NULL THEN
    SELECT status INTO v_status FROM maloppnaelse WHERE lis_id = p_lis AND kode = p_kode FOR SHARE;
    RETURN coalesce(v_status, 'pagar') IN ('sendt', 'godkjent');
  END IF;
  RETURN false;
END
$$;

CREATE FUNCTION fil_overgang() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- Until it has arrived its size and kind are not known.
  fast text[] := '{id,lis_id,opplastet_av,navn,kategori,beskrivelse,samtale_id,kode,aktivitet_id,created_at}';
BEGIN
  IF TG_OP = 'DELETE' THEN
    -- A draft that is deleted takes its files with it; else only what never arrived leaves no row.
    IF OLD.status = 'laster' OR (OLD.aktivitet_id IS NOT NULL AND NOT EXISTS (SELECT FROM laeringsaktivitet WHERE id = OLD.aktivitet_id)) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'fil % is %: its row stays', OLD.id, OLD.status USING ERRCODE = 'LK001';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'laster' THEN
      RAISE EXCEPTION 'fil %: begins as laster', NEW.id USING ERRCODE = 'LK001';
    END IF;
    IF NEW.samtale_id IS NOT NULL AND NOT EXISTS (SELECT FROM samtale WHERE id = NEW.samtale_id AND lis_id = NEW.lis_id)
       OR NEW.aktivitet_id IS NOT NULL AND NOT EXISTS (SELECT FROM laeringsaktivitet WHERE id = NEW.aktivitet_id AND lis_id = NEW.lis_id) THEN
      RAISE EXCEPTION 'fil %: what it belongs to is another LIS''', NEW.id USING ERRCODE = 'LK001';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.slettet_at IS NOT NULL THEN
    RAISE EXCEPTION 'fil % is deleted: nothing in it can change', OLD.id USING ERRCODE = 'LK001';
  END IF;
  IF OLD.status <> 'laster' THEN
    fast := fast || '{type,storrelse,sha256}'::text[];
  END IF;
  IF EXISTS (SELECT FROM unnest(fast) felt WHERE (to_jsonb(NEW) -> felt) IS DISTINCT FROM (to_jsonb(OLD) -> felt)) THEN
    RAISE EXCEPTION 'fil % is %: its content cannot change', OLD.id, OLD.status USING ERRCODE = 'LK001';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       (OLD.status = 'laster' AND NEW.status IN ('sjekkes', 'klar'))
    OR (OLD.status = 'sjekkes' AND NEW.status IN ('klar', 'avvist'))
  ) THEN
    RAISE EXCEPTION 'fil %: % to % is no transition', OLD.id, OLD.status, NEW.status USING ERRCODE = 'LK001';
  END IF;
  -- What arrives late, or is taken away, must not touch what has been sent, signed or finished. What the scanner refused was never a part of it.
  IF (OLD.status = 'laster' OR (NEW.slettet_at IS NOT NULL AND OLD.status <> 'avvist'))
     AND fil_kobling_laast(OLD.lis_id, OLD.samtale_id, OLD.kode, OLD.aktivitet_id) THEN
    RAISE EXCEPTION 'fil %: what it belongs to is settled', OLD.id USING ERRCODE = 'LK001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER fil_overgang BEFORE INSERT OR UPDATE OR DELETE ON fil FOR EACH ROW EXECUTE FUNCTION fil_overgang();
CREATE TRIGGER fil_tommes_ikke BEFORE TRUNCATE ON fil FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- Bytes come while the file arrives, and go only with a file that is deleted, refused, or never arrived.
CREATE FUNCTION fil_del_frosset() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_fil fil;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO v_fil FROM fil WHERE id = NEW.fil_id;
    IF v_fil.status IS DISTINCT FROM 'laster' THEN
      RAISE EXCEPTION 'fil % has arrived: nothing can be added to it', NEW.fil_id USING ERRCODE = 'LK001';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    SELECT * INTO v_fil FROM fil WHERE id = OLD.fil_id;
    IF NOT FOUND OR v_fil.status IN ('laster', 'avvist') OR v_fil.slettet_at IS NOT NULL THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'fil %: its content cannot change', OLD.fil_id USING ERRCODE = 'LK001';
END
$$;
CREATE TRIGGER fil_del_frosset BEFORE INSERT OR UPDATE OR DELETE ON fil_del FOR EACH ROW EXECUTE FUNCTION fil_del_frosset();
CREATE TRIGGER fil_del_tommes_ikke BEFORE TRUNCATE ON fil_del FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- The LIS can be shown who opened these too.
ALTER TABLE innsyn DROP CONSTRAINT innsyn_objekt_check,
  ADD CONSTRAINT innsyn_objekt_check CHECK (objekt IN ('samtale', 'laeringsaktivitet', 'plan', 'utdanningsplan', 'fil'));

GRANT SELECT, INSERT, DELETE ON fil, fil_del TO lisk_web;
GRANT UPDATE (type, storrelse, sha256, status, slettet_at, slettet_av) ON fil TO lisk_web;
GRANT SELECT, DELETE ON fil, fil_del TO lisk_worker;
GRANT UPDATE (status, funn) ON fil TO lisk_worker;

-- Down Migration
