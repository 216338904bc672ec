import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** How often a code may be asked for and tried. */
export const CODE_LIMITS = {
  validMs: 5 * 60_000,
  attempts: 5,
  pauseMs: 60_000,
  perNumberHour: 6,
  perAddressHour: 100,
} as const;
export type CodeLimits = { readonly [K in keyof typeof CODE_LIMITS]: number };

export type IssueResult =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly why: 'too-soon' | 'number-busy' | 'address-busy'; readonly seconds: number };

export type CheckResult =
  | { readonly ok: true; readonly phone: string }
  | { readonly ok: false; readonly why: 'wrong'; readonly left: number }
  | { readonly ok: false; readonly why: 'expired' | 'exhausted' };

export type Codes = ReturnType<typeof createCodes>;

const HOUR_MS = 3_600_000;

/**
 * One-time codes of the sign-in: one live code a sign-in, kept as a keyed digest, used once, gone after five wrong tries.
 * Sends are counted per number and per address, also over restarts.
 */
export function createCodes(
  db: DatabaseSync,
  deps: { secret: string; now: () => number; sixDigits: () => string; limits?: Partial<CodeLimits> },
) {
  const limits: CodeLimits = { ...CODE_LIMITS, ...deps.limits };
  db.exec(`
    CREATE TABLE IF NOT EXISTS code (
      uid TEXT PRIMARY KEY, phone TEXT NOT NULL, digest BLOB NOT NULL, attempts INTEGER NOT NULL, expires_at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS code_sent (phone TEXT NOT NULL, address TEXT NOT NULL, at INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS code_sent_phone ON code_sent (phone, at);
    CREATE INDEX IF NOT EXISTS code_sent_address ON code_sent (address, at);
  `);
  const digest = (uid: string, code: string): Buffer =>
    createHmac('sha256', deps.secret).update(`${uid} ${code}`).digest();
  const sentTo = db.prepare('SELECT at FROM code_sent WHERE phone = ? AND at > ? ORDER BY at DESC');
  const sentFrom = db.prepare('SELECT at FROM code_sent WHERE address = ? AND at > ? ORDER BY at DESC');
  const find = db.prepare('SELECT phone, digest, attempts, expires_at AS expiresAt FROM code WHERE uid = ?');

  /** Seconds until fewer than `most` of these times lie within the last hour; 0 when that is so already. */
  const busyFor = (times: number[], most: number): number => {
    const blocking = times[most - 1];
    return blocking === undefined ? 0 : Math.ceil((blocking + HOUR_MS - deps.now()) / 1_000);
  };

  return {
    /** A new code for this sign-in, which ends the one before; the caller texts it. */
    issue(uid: string, phone: string, address: string): IssueResult {
      const now = deps.now();
      const since = now - HOUR_MS;
      const toNumber = sentTo.all(phone, since).map((row) => row['at'] as number);
      const fromAddress = sentFrom.all(address, since).map((row) => row['at'] as number);
      const last = toNumber[0];
      if (last !== undefined && now - last < limits.pauseMs) {
        return { ok: false, why: 'too-soon', seconds: Math.ceil((last + limits.pauseMs - now) / 1_000) };
      }
      const number = busyFor(toNumber, limits.perNumberHour);
      if (number > 0) return { ok: false, why: 'number-busy', seconds: number };
      const from = busyFor(fromAddress, limits.perAddressHour);
      if (from > 0) return { ok: false, why: 'address-busy', seconds: from };

      const code = deps.sixDigits();
      db.prepare('DELETE FROM code_sent WHERE at <= ?').run(since);
      db.prepare('DELETE FROM code WHERE expires_at <= ?').run(now - HOUR_MS);
      db.prepare('INSERT INTO code_sent (phone, address, at) VALUES (?, ?, ?)').run(phone, address, now);
      db.prepare('INSERT OR REPLACE INTO code (uid, phone, digest, attempts, expires_at) VALUES (?, ?, ?, 0, ?)').run(
        uid,
        phone,
        digest(uid, code),
        now + limits.validMs,
      );
      return { ok: true, code };
    },

    /** Takes a try. The right code is used up by it. */
    check(uid: string, code: string): CheckResult {
      const row = find.get(uid);
      if (!row || (row['expiresAt'] as number) <= deps.now()) return { ok: false, why: 'expired' };
      const attempts = (row['attempts'] as number) + 1;
      if (attempts > limits.attempts) return { ok: false, why: 'exhausted' };
      db.prepare('UPDATE code SET attempts = ? WHERE uid = ?').run(attempts, uid);
      if (timingSafeEqual(digest(uid, code), row['digest'] as Uint8Array)) {
        db.prepare('DELETE FROM code WHERE uid = ?').run(uid);
        return { ok: true, phone: row['phone'] as string };
      }
      const left = limits.attempts - attempts;
      return left > 0 ? { ok: false, why: 'wrong', left } : { ok: false, why: 'exhausted' };
    },

    /** The number this sign-in's code went to. */
    phoneOf(uid: string): string | undefined {
      return find.get(uid)?.['phone'] as string | undefined;
    },

    /** Forgets the code: another number is wanted, or the text could not be sent. */
    forget(uid: string, options: { unsent?: boolean } = {}): void {
      const phone = this.phoneOf(uid);
      db.prepare('DELETE FROM code WHERE uid = ?').run(uid);
      if (phone && options.unsent) {
        db.prepare(
          'DELETE FROM code_sent WHERE rowid = (SELECT rowid FROM code_sent WHERE phone = ? ORDER BY at DESC LIMIT 1)',
        ).run(phone);
      }
    },
  };
}
