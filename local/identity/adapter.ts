import type { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** Keeps the provider's sessions, grants and refresh tokens with the data, so that they outlive a restart. */
export function sqliteAdapter(db: DatabaseSync, now: () => number): AdapterFactory {
  db.exec(`
    CREATE TABLE IF NOT EXISTS oidc (
      model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, consumed INTEGER,
      grant_id TEXT, uid TEXT, user_code TEXT, expires_at INTEGER,
      PRIMARY KEY (model, id));
    CREATE INDEX IF NOT EXISTS oidc_grant ON oidc (grant_id);
    CREATE INDEX IF NOT EXISTS oidc_uid ON oidc (model, uid);
  `);
  db.prepare('DELETE FROM oidc WHERE expires_at < ?').run(seconds(now()));
  const live = '(expires_at IS NULL OR expires_at > ?)';
  const upsert = db.prepare(
    `INSERT INTO oidc (model, id, payload, grant_id, uid, user_code, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
       uid = excluded.uid, user_code = excluded.user_code, expires_at = excluded.expires_at`,
  );
  const byId = db.prepare(`SELECT payload, consumed FROM oidc WHERE model = ? AND id = ? AND ${live}`);
  const byUid = db.prepare(`SELECT payload, consumed FROM oidc WHERE model = ? AND uid = ? AND ${live}`);
  const byUserCode = db.prepare(`SELECT payload, consumed FROM oidc WHERE model = ? AND user_code = ? AND ${live}`);
  const consume = db.prepare('UPDATE oidc SET consumed = ? WHERE model = ? AND id = ?');
  const destroy = db.prepare('DELETE FROM oidc WHERE model = ? AND id = ?');
  const revoke = db.prepare('DELETE FROM oidc WHERE grant_id = ?');

  const read = (row: Record<string, unknown> | undefined): AdapterPayload | undefined => {
    if (!row) return undefined;
    const payload = JSON.parse(row['payload'] as string) as AdapterPayload;
    return row['consumed'] ? { ...payload, consumed: row['consumed'] as number } : payload;
  };

  return (model): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      upsert.run(
        model,
        id,
        JSON.stringify(payload),
        // The grant itself is ended by its id, not by this column.
        payload.grantId ?? null,
        payload.uid ?? null,
        payload.userCode ?? null,
        expiresIn ? seconds(now()) + expiresIn : null,
      );
    },
    find: async (id) => read(byId.get(model, id, seconds(now()))),
    findByUid: async (uid) => read(byUid.get(model, uid, seconds(now()))),
    findByUserCode: async (code) => read(byUserCode.get(model, code, seconds(now()))),
    consume: async (id) => void consume.run(seconds(now()), model, id),
    destroy: async (id) => void destroy.run(model, id),
    revokeByGrantId: async (grantId) => void revoke.run(grantId),
  });
}

const seconds = (ms: number): number => Math.floor(ms / 1_000);
