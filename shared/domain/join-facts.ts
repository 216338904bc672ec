import { earlierFirst } from './dates.ts';
import { joinQualifications } from './qualifications.ts';
import type { DeclaredWaits, EligibilityFacts, PastDonation } from './refusal.ts';
import type { LocalDate } from './vocabulary.ts';

/**
 * What the rules know of one person of whom there were two records: every donation of both, the longest of each wait, and a
 * permanent deferral of either. What both say of birth date, sex and weight is as the record says that is kept.
 * `declared`: whether what was declared may still be kept.
 */
export function joinFacts(
  kept: EligibilityFacts,
  other: EligibilityFacts,
  { declared }: { readonly declared: boolean },
): EligibilityFacts {
  const birthDate = kept.birthDate ?? other.birthDate;
  const sex = kept.sex ?? other.sex;
  const weightKg = kept.weightKg ?? other.weightKg;
  const donations = byDate([...kept.donations, ...other.donations]);
  const elsewhere = joinElsewhere(kept.elsewhere ?? [], other.elsewhere ?? [], donations);
  const until = later(kept.deferredUntil, other.deferredUntil);
  const untilFor = joinBy(kept.deferredUntilFor, other.deferredUntilFor, later);
  const qualifications = joinQualifications(kept.qualifications ?? [], other.qualifications ?? []);
  const guardianFor = [...new Set([...(kept.guardianFor ?? []), ...(other.guardianFor ?? [])])];
  const waits = declared ? joinBy(kept.declared, other.declared, joinWaits) : undefined;
  return {
    donations,
    repeatDonor: kept.repeatDonor || other.repeatDonor || donations.length > 0,
    reactionRecorded: kept.reactionRecorded || other.reactionRecorded,
    wantsExtendedAge: kept.wantsExtendedAge,
    ...(birthDate && { birthDate }),
    ...(sex && { sex }),
    ...(weightKg && { weightKg }),
    ...(until && { deferredUntil: until }),
    ...(untilFor && { deferredUntilFor: untilFor }),
    ...((kept.deferredPermanently || other.deferredPermanently) && { deferredPermanently: true }),
    ...(elsewhere.length > 0 && { elsewhere }),
    ...(waits && { declared: waits }),
    ...(qualifications.length > 0 && { qualifications }),
    ...(guardianFor.length > 0 && { guardianFor }),
  };
}

const byDate = (donations: readonly PastDonation[]): PastDonation[] =>
  donations.toSorted((a, b) => earlierFirst(a.date, b.date));

/** Nobody gives twice on one day: what both records, or the station itself, know of a day is one donation. */
function joinElsewhere(
  kept: readonly PastDonation[],
  other: readonly PastDonation[],
  here: readonly PastDonation[],
): PastDonation[] {
  const known = new Set([...kept, ...here].map(({ date }) => date));
  return byDate([...kept, ...other.filter(({ date }) => !known.has(date))]);
}

function later(a: LocalDate | undefined, b: LocalDate | undefined): LocalDate | undefined {
  return a !== undefined && b !== undefined ? (a > b ? a : b) : (a ?? b);
}

function joinWaits(a: DeclaredWaits | undefined, b: DeclaredWaits | undefined): DeclaredWaits {
  const until = later(a?.until, b?.until);
  const untilFor = joinBy(a?.untilFor, b?.untilFor, later);
  return { ...(until && { until }), ...(untilFor && { untilFor }) };
}

function joinBy<K extends string, T>(
  a: Readonly<Partial<Record<K, T>>> | undefined,
  b: Readonly<Partial<Record<K, T>>> | undefined,
  join: (a: T | undefined, b: T | undefined) => T | undefined,
): Record<K, T> | undefined {
  const names = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})] as K[]);
  if (names.size === 0) return undefined;
  return Object.fromEntries([...names].map((name) => [name, join(a?.[name], b?.[name])])) as Record<K, T>;
}
