import { describe, expect, it } from 'vitest';
import {
  accountChangeState,
  accountChangeUntil,
  approveFault,
  EVERYWHERE,
  grantFault,
  type Held,
  SCOPE_OF,
} from '../../shared/domain/roles.ts';
import { ROLES, type Role } from '../../shared/domain/vocabulary.ts';

it('a role is of a site, of an organisation or of everything', () => {
  expect(ROLES.map((role) => `${role} ${SCOPE_OF[role]}`).toSorted()).toEqual([
    'admin all',
    'auditor all',
    'organiser organisation',
    'staff site',
  ]);
  // As it stands in what is kept.
  expect(EVERYWHERE).toBe('ALL');
});

describe('a role is given', () => {
  const held = (...roles: Role[]): Held[] => roles.map((role) => ({ role, scope: 'x' }));
  it('by somebody else', () => {
    expect(grantFault({ by: 'a', to: 'a', held: [], role: 'staff' })).toBe('own-role');
    expect(grantFault({ by: 'a', to: 'b', held: [], role: 'staff' })).toBeUndefined();
  });

  it('apart from that of reading what all others did', () => {
    const fault = (role: Role, ...roles: Role[]) => grantFault({ by: 'a', to: 'b', held: held(...roles), role });
    expect(fault('auditor', 'auditor')).toBeUndefined();
    expect(fault('admin', 'staff', 'organiser')).toBeUndefined();
    expect(fault('auditor', 'auditor', 'staff')).toBe('roles-apart');
    expect(fault('staff', 'organiser', 'auditor')).toBe('roles-apart');
  });
});

describe('what one admin has asked for', () => {
  const until = accountChangeUntil('2026-11-28T01:00:00.000Z');
  const asked = { status: 'asked', until, askedBy: 'a', personId: 'p' } as const;
  const before = '2026-11-29T00:59:59.999Z';

  it('is decided on within a day, or over', () => {
    expect(until).toBe('2026-11-29T01:00:00.000Z');
    expect(accountChangeState(asked, before)).toBe('asked');
    expect(accountChangeState(asked, until)).toBe('expired');
    expect(accountChangeState({ ...asked, status: 'approved' }, until)).toBe('approved');
    expect(approveFault(asked, 'b', until)).toBe('wrong-state');
  });

  it('is approved by another, whom it is not about, and once', () => {
    expect(approveFault(asked, 'b', before)).toBeUndefined();
    expect(approveFault(asked, 'a', before)).toBe('own-request');
    expect(approveFault(asked, 'p', before)).toBe('own-request');
    expect(approveFault({ ...asked, status: 'approved' }, 'b', before)).toBe('wrong-state');
  });
});
