-- Up Migration
SET LOCAL lock_timeout = '5s';

-- What a refused write said, for its author to copy: plain text that the ws-server has read out of bytes that it could decode, so that nobody else
-- ever has to decode them. All that one refusal kept has the same `at_us`; its text stands on the last of its rows.
ALTER TABLE collab_reject ADD COLUMN tekst text CHECK (length(tekst) BETWEEN 1 AND 60000);

-- Keeps what one refusal took from its author. Of each person and document only the newest 4 MiB stay, each row counted as 1 KiB more than it holds:
-- whoever sends what is refused, again and again, fills nothing.
CREATE FUNCTION collab_keep_rejected(p_doc uuid, p_user uuid, p_at_us bigint, p_reason text, p_upd bytea[], p_tekst text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO collab_reject (doc_id, user_id, at_us, reason, upd, tekst)
  SELECT p_doc, p_user, p_at_us, p_reason, u.upd, CASE WHEN u.nr = cardinality(p_upd) THEN p_tekst END
  FROM unnest(p_upd) WITH ORDINALITY AS u (upd, nr) ORDER BY u.nr;
  DELETE FROM collab_reject WHERE id IN (
    SELECT r.id FROM (
      SELECT id, sum(octet_length(upd) + coalesce(octet_length(tekst), 0) + 1024) OVER (ORDER BY id DESC) AS bytes
      FROM collab_reject WHERE doc_id = p_doc AND user_id = p_user
    ) r WHERE r.bytes > 4 * 1024 * 1024
  );
$$;

-- A ws-server of the release before keeps one at a time, without text.
CREATE OR REPLACE FUNCTION collab_keep_rejected(p_doc uuid, p_user uuid, p_at_us bigint, p_reason text, p_upd bytea)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT collab_keep_rejected(p_doc, p_user, p_at_us, p_reason, ARRAY[p_upd], NULL::text)
$$;

-- Its author has dealt with what was refused until then.
CREATE FUNCTION collab_forget_rejected(p_doc uuid, p_user uuid, p_until_us bigint)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM collab_reject WHERE doc_id = p_doc AND user_id = p_user AND at_us <= p_until_us
$$;

REVOKE ALL ON FUNCTION collab_keep_rejected(uuid, uuid, bigint, text, bytea[], text), collab_forget_rejected FROM PUBLIC;
GRANT EXECUTE ON FUNCTION collab_keep_rejected(uuid, uuid, bigint, text, bytea[], text) TO lisk_ws;
GRANT EXECUTE ON FUNCTION collab_forget_rejected TO lisk_web;

-- Down Migration
