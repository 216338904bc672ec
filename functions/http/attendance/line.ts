import type * as z from 'zod';
import type { AttendanceLine } from '../../../shared/contract/attendance.ts';
import { UNDO_MINUTES } from '../../../shared/domain/booking-states.ts';
import { addMinutes } from '../../../shared/domain/local-time.ts';
import type { BookingItem, ProfileItem } from '../../../shared/store/items/index.ts';
import type { AttendAnswer } from '../../../shared/store/transactions/attend.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import { formerCodesOf, passCodeOf } from '../../runtime/booking-view.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { AttendanceDeps } from './deps.ts';

export function attendanceLine(
  booking: BookingItem,
  person: ProfileItem | undefined,
  now: string,
): z.input<typeof AttendanceLine> {
  const { step, attended } = booking;
  const isLast =
    (step?.action === 'check-in' && booking.status === 'arrived') ||
    (step?.action === 'complete' && step.from === 'arrived' && attended?.out !== 'rule');
  return {
    bookingId: booking.bookingId,
    shiftId: booking.shiftId ?? '',
    status: booking.status,
    name: person?.name ?? '',
    phoneLast4: person?.phone?.slice(-4) ?? '',
    passCode: passCodeOf(booking),
    formerCodes: formerCodesOf(booking),
    walkIn: booking.walkIn ?? false,
    ...(attended && { attended }),
    enteredLate: booking.late !== undefined,
    canUndo: isLast && now <= addMinutes(booking.changedAt, UNDO_MINUTES),
    version: booking.version,
  };
}

/** What has become of a booking, or the problem that kept it from changing. */
export function settled(answer: AttendAnswer): BookingItem {
  switch (answer.kind) {
    case 'done':
      return answer.booking;
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'changed':
      throw new ProblemError('changed-meanwhile');
    case 'too-early':
      throw new ProblemError('shift-not-begun');
    case 'too-late':
      throw new ProblemError('shift-over');
    case 'bad-times':
      throw new ProblemError('invalid-input', {
        fields: answer.faults.map(({ path, why }) => ({ path: `body.sheet.${path}Local`, why })),
      });
    default:
      throw new ProblemError(answer.kind);
  }
}

/** The line of the sheet after a step, or the problem that kept it from being taken. */
export async function stepped(deps: AttendanceDeps, answer: AttendAnswer) {
  const booking = settled(answer);
  return attendanceLine(booking, await deps.people.profile(booking.personId), nowOf(deps));
}
