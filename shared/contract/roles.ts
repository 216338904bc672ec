import * as z from 'zod';
import { ACCOUNT_CHANGES, ROLES } from '../domain/vocabulary.ts';
import {
  DateInput,
  Instant,
  LastFour,
  Line,
  Localized,
  OrganisationId,
  PersonId,
  page,
  pageQuery,
  SiteId,
} from './common.ts';
import { area } from './define.ts';

const Role = z.enum(ROLES);
const Scope = z
  .string()
  .regex(/^(ALL|[a-z0-9][a-z0-9-]{0,39})$/)
  .meta({
    description: 'Site of staff, organisation of an organiser, `ALL` of an auditor or an admin',
  });
const Reason = Line(200);

/** Somebody with a role; one line a role. */
export const RoleHolder = z.object({
  personId: PersonId,
  name: z.string(),
  phoneLast4: z.string(),
  role: Role,
  scope: Scope,
  since: Instant.optional().meta({ description: 'When an admin gave it; absent: an operator wrote it' }),
  by: z.string().optional().meta({ description: 'The name of the admin who gave it' }),
  isMe: z.boolean(),
});

/** As much of somebody as says whether it is them: they have not been given a role yet. */
export const RoleCandidate = z.object({
  personId: PersonId,
  name: z.string().meta({ description: 'Masked' }),
  phoneLast4: z.string(),
  roles: z.array(z.object({ role: Role, scope: Scope })),
  isMe: z.boolean(),
});

/** What one admin asked for an account of the staff, and another decides. */
export const AccountChange = z.object({
  changeId: z.string(),
  what: z.enum(ACCOUNT_CHANGES),
  personId: PersonId,
  name: z.string(),
  phoneLast4: z.string().optional().meta({ description: 'Of the new number' }),
  was: z.string().optional().meta({ description: 'The last four of the old number' }),
  knownBy: z.enum(['document', 'known']),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: Instant,
  until: Instant,
  status: z.enum(['asked', 'expired', 'approved', 'rejected']),
  decidedBy: z.string().optional(),
  decidedAt: Instant.optional(),
  mayApprove: z.boolean().meta({ description: 'The caller has not asked for it, and it is not about them' }),
  version: z.number().int(),
});

const Held = { personId: PersonId, role: Role, scope: Scope };
const ChangeId = z.string().regex(/^a[a-z0-9]{1,40}$/);
const Asking = { personId: PersonId, knownBy: z.enum(['document', 'known']), reason: Reason };
const Decision = z.strictObject({ version: z.number().int() });

export const roles = area('roles', {
  'GET /api/roles': {
    roles: ['admin'],
    summary: 'Everybody who has a role, by role and what it is of; the read is audited',
    query: z.strictObject({ ...pageQuery }),
    status: 200,
    output: page(RoleHolder),
  },
  'GET /api/roles/scopes': {
    roles: ['admin'],
    summary: 'The sites and organisations that roles are of',
    status: 200,
    output: z.object({
      sites: z.array(z.object({ siteId: SiteId, name: Localized })),
      organisations: z.array(z.object({ organisationId: OrganisationId, name: Localized })),
    }),
  },
  'POST /api/roles/people/find': {
    roles: ['admin'],
    summary: 'Who has a phone number, with their roles and no more of them than tells one from another; audited',
    body: z.strictObject({ phone: Line(30).meta({ description: 'With its country (+…), or as it is dialled here' }) }),
    status: 200,
    output: z.object({ items: z.array(RoleCandidate) }),
  },
  'POST /api/roles/grant': {
    roles: ['admin'],
    summary:
      'Give somebody a role, from their next request on; nobody gives themselves one, and an auditor has no other. Audited with the reason',
    body: z.strictObject({ ...Held, reason: Reason }),
    status: 200,
    output: z.object({ personId: PersonId, roles: z.array(z.object({ role: Role, scope: Scope })) }),
  },
  'POST /api/roles/revoke': {
    roles: ['admin'],
    summary: 'Take a role from somebody, from their next request on; the last admin stays. Audited with the reason',
    body: z.strictObject({ ...Held, reason: Reason }),
    status: 200,
    output: z.object({ personId: PersonId, roles: z.array(z.object({ role: Role, scope: Scope })) }),
  },
  'GET /api/roles/changes': {
    roles: ['admin'],
    summary: 'What was asked of accounts of the staff, the newest first, of the last weeks; the read is audited',
    status: 200,
    output: z.object({ items: z.array(AccountChange) }),
  },
  'POST /api/roles/changes/phone': {
    roles: ['admin'],
    summary: 'Ask that somebody with a role be moved to another number: another admin has a day to approve. Audited',
    body: z.strictObject({
      ...Asking,
      phone: Line(30),
      was: z
        .string()
        .regex(/^(\d{4})?$/)
        .meta({ description: 'The last four of the number as it was shown' }),
      besides: z
        .array(PersonId)
        .max(50)
        .meta({ description: 'People of the new number who were shown and are others' }),
    }),
    status: 201,
    output: AccountChange,
  },
  'POST /api/roles/changes/second-fact': {
    roles: ['admin'],
    summary:
      'Ask that what somebody with a role says on a new device be set anew: another admin has a day to approve. Audited',
    body: z.strictObject({ ...Asking, birthDate: DateInput, lastFour: LastFour }),
    status: 201,
    output: AccountChange,
  },
  'POST /api/roles/changes/second-factor': {
    roles: ['admin'],
    summary:
      'Ask that the authenticator somebody with a role has lost be taken away: another admin has a day to approve. Audited',
    body: z.strictObject(Asking),
    status: 201,
    output: AccountChange,
  },
  'POST /api/roles/changes/{changeId}/approve': {
    roles: ['admin'],
    summary: 'Approve it, and it is done: another admin than who asked, and never whom it is about. Audited',
    params: z.strictObject({ changeId: ChangeId }),
    body: Decision,
    status: 200,
    output: AccountChange,
  },
  'POST /api/roles/changes/{changeId}/reject': {
    roles: ['admin'],
    summary: 'Reject it: nothing changes. Audited',
    params: z.strictObject({ changeId: ChangeId }),
    body: Decision,
    status: 200,
    output: AccountChange,
  },
});
