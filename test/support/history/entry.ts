/** One call as its client saw it. Times are milliseconds of the one clock of this machine. */
export type Entry = {
  readonly id: string;
  readonly op: Op;
  /** Who called. */
  readonly by: string;
  readonly key: string;
  /** Digest of what was asked, to tell a repeat from another use of its key. */
  readonly input: string;
  readonly slotId?: string;
  readonly bookingId?: string;
  readonly din?: string;
  readonly unitId?: string;
  readonly eventId?: string;
  readonly waitId?: string;
  /** For whom, where it is not the caller's own. */
  readonly person?: string;
  /** The booking that an offer became. */
  readonly made?: string;
  readonly action?: string;
  readonly weightKg?: number;
  readonly badDin?: true;
  readonly noRecord?: true;
  /** Of a change of a slot: the version it was asked of, and the places asked for. */
  readonly from?: number;
  readonly to?: number;
  /** When it was first sent, and when an answer that ends it came. */
  readonly at: number;
  readonly until: number;
  /** How often it was sent: beyond the first, a refusal may hide an earlier success. */
  readonly sent: number;
  /** 0: it ended without an answer, so it may have been done or not. */
  readonly status: number;
  readonly code?: string;
  readonly reasons?: readonly string[];
  /** Bookings as the answer showed them. */
  readonly bookings?: readonly SeenBooking[];
  readonly slots?: readonly SeenSlot[];
  readonly units?: readonly { readonly unitId: string; readonly stage: string; readonly version: number }[];
};

export type SeenBooking = {
  readonly bookingId: string;
  readonly slotId: string;
  readonly status: string;
  readonly version: number;
};

export type SeenSlot = {
  readonly slotId: string;
  readonly places: number;
  readonly status: string;
  readonly version: number;
};

export const OPS = [
  'book',
  'list',
  'cancel',
  'reschedule',
  'check-in',
  'complete',
  'defer',
  'step',
  'edit',
  'close',
  'day',
  'places',
  'shut',
  'reopen',
  'join',
  'waits',
  'leave',
  'accept',
  'decline',
  'chain',
  'hold',
  'lift',
] as const;
export type Op = (typeof OPS)[number];

export const isDone = ({ status }: Entry): boolean => status >= 200 && status < 300;
/** Whether it may have changed something: it did, nobody knows, or an earlier sending may have. */
export const mayHaveDone = (entry: Entry): boolean => isDone(entry) || entry.status === 0 || entry.sent > 1;
