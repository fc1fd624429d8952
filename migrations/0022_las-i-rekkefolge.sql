-- Up Migration
SET LOCAL lock_timeout = '5s';

-- As in 0003, but in the order of collab_append: first the document's row, then the clientID. The other way round, whose presence was bound while their
-- first word was appended held the clientID and waited for the document, as the append held the document and waited for the clientID: a deadlock, which
-- PostgreSQL ends after a second by failing one of the two, or a third that waited for the same document.
CREATE OR REPLACE FUNCTION collab_bind(p_doc uuid, p_client_id bigint, p_user uuid)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_owner uuid;
BEGIN
  PERFORM FROM collab_doc WHERE id = p_doc FOR KEY SHARE;
  INSERT INTO collab_client (doc_id, client_id, user_id) VALUES (p_doc, p_client_id, p_user) ON CONFLICT DO NOTHING;
  SELECT user_id INTO v_owner FROM collab_client WHERE doc_id = p_doc AND client_id = p_client_id;
  RETURN v_owner;
END
$$;

-- Down Migration
