-- Up Migration
SET LOCAL lock_timeout = '5s';

-- Gjenopprett: the web process may append one row of that kind, to one open document, and nothing else: what people type goes
-- through the ws-server. Rights were judged in the same transaction, under the same lock. Outcomes as collab_append's.
CREATE FUNCTION collab_restore(p_doc uuid, p_head bigint, p_epoch integer, p_user uuid, p_at_us bigint, p_client_id bigint, p_upd bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d collab_doc%ROWTYPE;
BEGIN
  SELECT * INTO d FROM collab_doc WHERE id = p_doc FOR UPDATE;
  IF d.state = 'closing' THEN
    RETURN 'closing';
  END IF;
  RETURN (
    SELECT a.outcome FROM collab_append(
      ARRAY[p_doc], ARRAY[p_head], ARRAY[p_epoch], p_at_us,
      ARRAY[1], ARRAY[p_user], ARRAY[NULL]::uuid[], ARRAY[NULL]::uuid[], ARRAY[d.access_version], ARRAY['restore'], ARRAY[p_upd],
      ARRAY[1], ARRAY[p_client_id]
    ) a
  );
END
$$;
REVOKE ALL ON FUNCTION collab_restore FROM PUBLIC;
GRANT EXECUTE ON FUNCTION collab_restore TO lisk_web;

-- Down Migration
