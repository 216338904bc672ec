import type { Localized } from './vocabulary.ts';

/** Nobody can ask for more rest than this, so that a shift which is over matters no longer than that. */
export const MOST_REST_MINUTES = 24 * 60;
/** An event that counts a person's shifts is over within so many days: as long are they remembered. */
export const COUNTED_DAYS = 31;

/** `8小时`, `1 h 30 min`: how long somebody rests, as each language writes it. */
export function restWords(minutes: number): Localized {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return {
    zh: `${hours > 0 ? `${hours}小时` : ''}${rest > 0 ? `${rest}分钟` : ''}`,
    en: [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' '),
  };
}
