import type * as z from 'zod';
import type { RecordCard } from '../../../shared/contract/identity.ts';
import { maskName } from '../../../shared/domain/mask-name.ts';
import { queryAll } from '../../../shared/store/every.ts';
import type { DonationItem } from '../../../shared/store/items/index.ts';
import { partitions } from '../../../shared/store/keys.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { IdentityDeps } from './deps.ts';

type Card = z.input<typeof RecordCard>;

/** A record, masked. `stays`: the bookings that hold once it and another are one, where that is known. */
export async function recordCard(deps: IdentityDeps, personId: string, stays?: ReadonlySet<string>): Promise<Card> {
  const now = nowOf(deps);
  const [profile, documents, donations, elsewhere, bookings] = await Promise.all([
    deps.people.profile(personId),
    deps.documents.shown(personId),
    donationDates(deps, personId),
    deps.declared.elsewhere(personId),
    deps.bookings.ofPerson(personId, { limit: Number.MAX_SAFE_INTEGER }),
  ]);
  if (!profile) throw new ProblemError('not-found');
  return {
    maskedName: maskName(profile.name),
    phoneLast4: profile.phone?.slice(-4) ?? '',
    birthYear: profile.birthDate?.slice(0, 4),
    sex: profile.sex,
    documents,
    since: profile.createdAt,
    donations: donations.length,
    lastDonation: donations.at(-1),
    elsewhere: elsewhere.length,
    upcoming: bookings.items
      .filter(({ status, endsAt }) => status === 'booked' && endsAt > now)
      .map(({ bookingId, place, startsAt, zone }) => ({
        place,
        startsAt,
        zone,
        ...(stays && { stays: stays.has(bookingId) }),
      })),
  };
}

/** Oldest first. */
async function donationDates({ store }: IdentityDeps, personId: string): Promise<string[]> {
  return (await queryAll<DonationItem>(store, { pk: partitions.donations(personId), consistent: true })).map(
    ({ date }) => date,
  );
}
