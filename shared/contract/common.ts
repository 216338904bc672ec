import * as z from 'zod';
import {
  DOCUMENT_TYPES,
  LANGUAGES,
  PROCEDURES,
  QUALIFICATIONS,
  SERVICE_CATEGORIES,
  SEXES,
} from '../domain/vocabulary.ts';

export const LocalDate = z.iso.date().meta({ description: 'Calendar date at the site, YYYY-MM-DD' });
/** A date that somebody may ask about: further away, sums of dates would leave the calendar. */
export const DateInput = LocalDate.regex(/^(19|20|21)/);
export const Instant = z.iso.datetime({ precision: 3 }).meta({ description: 'UTC instant, YYYY-MM-DDTHH:MM:SS.sssZ' });
export const Zone = z.string().meta({ description: 'IANA time zone, e.g. Asia/Shanghai' });
export const Language = z.enum(LANGUAGES);
export const Procedure = z.enum(PROCEDURES);
export const Sex = z.enum(SEXES);
export const Localized = z.object({ zh: z.string(), en: z.string() });
/** One line of text: no control character, and no half of a surrogate pair, which neither the table nor a phone can take. */
export const Line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);
/** The same, but in paragraphs. */
export const Paragraphs = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*(?:[\t\n\r][^\p{Cc}\p{Cs}]*)*$/u);
export const LocalizedInput = (max: number) => z.strictObject({ zh: Paragraphs(max), en: Paragraphs(max) });

/** The last four characters of an identity document's number. */
export const LastFour = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z]{4}$/)
  .meta({ description: 'The last four characters of the number of an identity document; kept as a keyed digest only' });

/** An identity document as it is typed or scanned. */
export const DocumentInput = z.strictObject({
  type: z.enum(DOCUMENT_TYPES),
  number: Line(40).meta({ description: 'Full width, spaces and case make no difference; never answered with' }),
});

const id = (max: number) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .max(max);
export const StationId = z.string().regex(/^s[a-f0-9]{24}$/);
export const SiteId = id(40);
export const EventId = id(40);
export const OrganisationId = id(40);
export const PersonId = id(40);
/** `<container>_<date>_<local time>_<code>`; opaque to callers. */
export const SlotId = z
  .string()
  .regex(/^[a-z0-9-]+_\d{4}-\d{2}-\d{2}_\d{4}b?_[a-z0-9-]+$/)
  .max(120);
/** `<person>_<suffix>`; opaque to callers. */
export const BookingId = z
  .string()
  .regex(/^[a-z0-9-]+_[a-z0-9]+$/)
  .max(80);
export const Din = Line(40);
export const Cursor = z.string().max(2048).meta({ description: 'Opaque; pass back as `cursor` for the next page' });
export const Limit = z.coerce.number().int().min(1).max(100);

export const Qualification = z.enum(QUALIFICATIONS);
/** A skill or training that somebody has. */
export const HeldQualification = z.object({
  qualification: Qualification,
  confirmed: z.boolean().meta({ description: 'By an organiser; else it is their own word' }),
  until: LocalDate.optional().meta({ description: 'The last date on which it holds' }),
});

export const ServiceCategory = z.enum(SERVICE_CATEGORIES).meta({
  description:
    'What hours of service count as; only blood and stem-cell donation count to the award of those who serve them',
});

/** The code of a work unit for which places are kept; width, case and spaces make no difference. */
export const Invite = Line(20);

/** Query of a paged list. */
export const pageQuery = { cursor: Cursor.optional(), limit: Limit.optional() };
/** A page of a list; `cursor` is absent on the last. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: Cursor.optional() });

export const Refusal = z.object({
  code: z.string(),
  sentence: z.string().meta({ description: 'One sentence in the caller’s language' }),
  rule: z.string().optional(),
  from: LocalDate.optional().meta({ description: 'Earliest local date on which this reason no longer holds' }),
  source: z.string().optional(),
  mark: z.string().optional(),
});
