import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addMinutes } from '../../shared/domain/local-time.ts';
import {
  doubtsOf,
  givenTooSoon,
  type KeptChain,
  type KeptStep,
  type KeptUnit,
  numberDoubt,
} from '../../shared/domain/supervision.ts';
import { readRange } from '../../shared/domain/unit-settings.ts';
import type { UnitStage } from '../../shared/domain/vocabulary.ts';
import { packFor } from '../../shared/policy/index.ts';

const COLLECTED = '2026-11-02T02:00:00.000Z';
const hour = (n: number) => addMinutes(COLLECTED, n * 60);
const dayOf = (n: number) => hour(n).slice(0, 10);

type Said = Partial<KeptStep> & { readonly to: UnitStage };
/** A unit's steps in order, an hour from each to the next unless said otherwise, each leaving the stage of the one before. */
function stepsOf(unitId: string, said: readonly Said[], first = 1): KeptStep[] {
  let from: UnitStage | undefined;
  return said.map((step, n) => {
    const made: KeptStep = {
      unitId,
      version: n + 1,
      action: 'mirror',
      at: hour(first + n),
      ...(step.action === 'mirror' || step.action === undefined ? { reportedAt: hour(first + n) } : {}),
      ...(from && { from }),
      ...step,
    };
    from = step.to;
    return made;
  });
}
const RED: KeptUnit = { unitId: 'wb-rc', parentId: 'wb', component: 'red-cells', stage: 'used' };
const WHOLE: KeptUnit = { unitId: 'wb', component: 'whole-blood', stage: 'processed' };
const PLASMA: KeptUnit = { unitId: 'wb-pl', parentId: 'wb', component: 'plasma', stage: 'issued' };
const chainOf = (steps: readonly KeptStep[], units: readonly KeptUnit[] = [RED]): KeptChain => ({
  date: dayOf(0),
  zone: 'Asia/Shanghai',
  collectedAt: COLLECTED,
  units,
  steps,
});
const kinds = (chain: KeptChain) => doubtsOf(chain).map(({ kind }) => kind);

const OUT: readonly Said[] = [
  { to: 'tested' },
  { to: 'released' },
  { to: 'stored' },
  { to: 'issued', hospital: 'First' },
];
const USED: Said = { to: 'used', hospital: 'First', hospitalRecord: 'R-1' };

describe('the records of a unit', () => {
  it('raise no doubt where it was released, issued and used once at the hospital that has it', () => {
    expect(kinds(chainOf(stepsOf('wb-rc', [...OUT, USED])))).toEqual([]);
  });

  it.each<[string, Said[], string[], string[]]>([
    ['used before its release', [{ to: 'tested' }, USED], ['used-before-release'], ['tested', 'used']],
    ['used out of quarantine', [...OUT, { to: 'quarantined' }, USED], ['used-before-release'], ['quarantined', 'used']],
    ['used at another hospital', [...OUT, { ...USED, hospital: 'Second' }], ['used-elsewhere'], ['issued', 'used']],
    ['used from the station’s shelf', [...OUT.slice(0, 3), USED], ['used-elsewhere'], ['stored', 'used']],
    ['used after it had come back', [...OUT, { to: 'stored' }, USED], ['used-elsewhere'], ['stored', 'used']],
    ['used a second time', [...OUT, USED, { ...USED, hospitalRecord: 'R-2' }], ['used-twice'], ['used', 'used']],
    ['on the shelf again once used', [...OUT, USED, { to: 'stored' }], ['reappeared'], ['used', 'stored']],
    [
      'on the shelf again once discarded',
      [{ to: 'discarded' }, { to: 'stored' }],
      ['reappeared'],
      ['discarded', 'stored'],
    ],
    [
      'used though it had become its components',
      [{ to: 'tested' }, { to: 'processed' }, USED],
      ['component-differs'],
      ['processed', 'used'],
    ],
    ['reported before it was given', [{ to: 'tested', reportedAt: hour(-1) }], ['times-out-of-order'], ['tested']],
    [
      'reported before what was reported before it',
      [
        { to: 'tested', at: hour(3), reportedAt: hour(3) },
        { to: 'released', at: hour(4), reportedAt: hour(2) },
      ],
      ['times-out-of-order'],
      ['tested', 'released'],
    ],
    ['reported from the future', [{ to: 'tested', reportedAt: hour(26) }], ['times-out-of-order'], ['tested']],
    [
      'used before its day was over that it was issued on',
      [
        { to: 'stored' },
        { to: 'issued', hospital: 'First', at: hour(50), reportedAt: hour(50) },
        { ...USED, at: hour(60), reportedAt: hour(60), usedOn: dayOf(24) },
      ],
      ['times-out-of-order'],
      ['issued', 'used'],
    ],
  ])('are doubtful where it was %s', (_, said, expected, evidence) => {
    const found = doubtsOf(chainOf(stepsOf('wb-rc', said)));
    expect(found.map(({ kind }) => kind)).toEqual(expected);
    expect(found[0]?.evidence.map(({ to }) => to)).toEqual(evidence);
  });

  it('are doubtful by what another system says of times, and say which time it is', () => {
    const issued: Said[] = [{ to: 'stored' }, { to: 'issued', hospital: 'First', at: hour(50), reportedAt: hour(50) }];
    const used = (more: Partial<Said>): Said[] => [...issued, { ...USED, at: hour(60), reportedAt: hour(60), ...more }];
    const why = (said: readonly Said[]) =>
      doubtsOf(chainOf(stepsOf('wb-rc', said))).map((found) => found.why ?? found.kind);
    // Collected at ten in the morning there, issued at noon two days later and used at ten in the evening.
    expect(why([{ to: 'tested', reportedAt: COLLECTED }])).toEqual([]);
    expect(why([{ to: 'tested', reportedAt: addMinutes(COLLECTED, -1) }])).toEqual(['before-donation']);
    expect(why([{ to: 'tested', reportedAt: hour(25) }])).toEqual([]);
    expect(why([{ to: 'tested', reportedAt: addMinutes(hour(25), 1) }])).toEqual(['in-future']);
    expect(why(used({ usedOn: '2026-11-01' }))).toEqual(['before-donation']);
    expect(why(used({ usedOn: '2026-11-03' }))).toEqual(['before-issue']);
    expect(why(used({ usedOn: '2026-11-04' }))).toEqual([]);
    expect(why(used({ usedOn: '2026-11-05' }))).toEqual(['in-future']);
    // Past midnight there, it is the next day.
    const night = { at: '2026-11-04T16:00:00.000Z', reportedAt: '2026-11-04T16:00:00.000Z' };
    expect(why(used({ ...night, usedOn: '2026-11-05' }))).toEqual([]);
    expect(why(used({ reportedAt: hour(50) }))).toEqual([]);
    expect(why(used({ reportedAt: addMinutes(hour(50), -1) }))).toEqual(['before-previous']);
  });

  it('are not doubtful by the times, the release or the way of a unit from before opening', () => {
    const old = { ...RED, historical: true as const };
    const of = (...said: Said[]) => kinds(chainOf(stepsOf('wb-rc', said), [old]));
    expect(of({ to: 'tested', reportedAt: hour(-9) }, USED)).toEqual([]);
    expect(of({ to: 'stored' }, USED)).toEqual([]);
    expect(of({ to: 'issued', hospital: 'First' }, { ...USED, hospital: 'Second' })).toEqual(['used-elsewhere']);
  });

  it('are doubtful at another hospital only where both are known, and from the shelf before it was stored there too', () => {
    const of = (...said: Said[]) => kinds(chainOf(stepsOf('wb-rc', said)));
    expect(of({ to: 'issued' }, USED)).toEqual([]);
    expect(of({ to: 'issued', hospital: 'First' }, { to: 'used' })).toEqual([]);
    expect(of({ to: 'released' }, { to: 'used' })).toEqual(['used-elsewhere']);
  });

  it('are doubtful for a second use that says another thing of it, and not for one that says less', () => {
    const first = { ...USED, usedOn: '2026-11-02' };
    const again = (more: Partial<Said>) => kinds(chainOf(stepsOf('wb-rc', [...OUT, first, { ...first, ...more }])));
    expect(again({ hospitalRecord: 'R-2' })).toEqual(['used-twice']);
    expect(again({ usedOn: '2026-11-03' })).toContain('used-twice');
    expect(again({ hospital: 'Second' })).toContain('used-twice');
    const { usedOn, hospital, hospitalRecord, ...nothing } = first;
    expect(kinds(chainOf(stepsOf('wb-rc', [...OUT, first, nothing])))).toEqual([]);
    // Used, back on the shelf and used again at another day: both are told.
    expect(kinds(chainOf(stepsOf('wb-rc', [...OUT, USED, { to: 'issued', hospital: 'First' }, USED])))).toEqual([
      'reappeared',
      'used-twice',
    ]);
  });

  it('show each step that a doubt rests on as it was said', () => {
    const said = { ...USED, usedOn: '2026-11-02', hospital: 'Second' };
    const [found] = doubtsOf(chainOf(stepsOf('wb-rc', [...OUT, said])));
    const component = 'red-cells';
    expect(found).toStrictEqual({
      id: 'used-elsewhere.wb-rc.5',
      kind: 'used-elsewhere',
      evidence: [
        { unitId: 'wb-rc', component, version: 4, to: 'issued', at: hour(4), reportedAt: hour(4), hospital: 'First' },
        {
          ...{ unitId: 'wb-rc', component, version: 5, to: 'used', at: hour(5), reportedAt: hour(5) },
          ...{ usedOn: '2026-11-02', hospital: 'Second', hospitalRecord: 'R-1' },
        },
      ],
    });
    const own = stepsOf('wb-rc', [
      { action: 'store', to: 'stored' },
      { action: 'use', to: 'used' },
    ]);
    expect(doubtsOf(chainOf(own))[0]?.evidence[1]).toStrictEqual({
      unitId: 'wb-rc',
      component,
      version: 2,
      to: 'used',
      at: hour(2),
    });
    const units = [{ ...RED, expiresAt: hour(2) }];
    expect(doubtsOf(chainOf(stepsOf('wb-rc', [{ to: 'issued' }, { to: 'used' }]), units))).toMatchObject([
      { kind: 'used-after-expiry', expiresAt: hour(2), evidence: [{ to: 'used' }] },
    ]);
  });

  it('are doubtful only for what another system has reappear, and not for what stays where it was', () => {
    expect(kinds(chainOf(stepsOf('wb-rc', [{ to: 'discarded' }, { to: 'discarded' }])))).toEqual([]);
    expect(kinds(chainOf(stepsOf('wb-rc', [{ to: 'discarded' }, { to: 'stored', action: 'store' }])))).toEqual([]);
    expect(kinds(chainOf(stepsOf('wb', [{ to: 'processed' }, { to: 'issued' }]), [WHOLE]))).toEqual([
      'component-differs',
    ]);
    expect(kinds(chainOf(stepsOf('wb', [{ to: 'processed' }, { to: 'stored' }]), [WHOLE]))).toEqual([]);
    expect(kinds(chainOf(stepsOf('wb', [{ to: 'processed' }, { to: 'issued', action: 'issue' }]), [WHOLE]))).toEqual(
      [],
    );
  });

  it('are doubtful where it was used past its label’s date, by the day that the hospital names', () => {
    const units = [{ ...RED, expiresAt: '2026-11-03T16:00:00.000Z' }];
    const used = (usedOn: string) =>
      stepsOf('wb-rc', [...OUT, { ...USED, usedOn, at: hour(72), reportedAt: hour(72) }]);
    expect(kinds(chainOf(used('2026-11-03'), units))).toEqual([]);
    expect(kinds(chainOf(used('2026-11-04'), units))).toEqual(['used-after-expiry']);
    const late = stepsOf('wb-rc', [
      ...OUT,
      { ...USED, at: '2026-11-03T16:00:00.000Z', reportedAt: '2026-11-03T16:00:00.000Z' },
    ]);
    expect(kinds(chainOf(late, units))).toEqual(['used-after-expiry']);
  });

  it('are those of the steps in their order, however they are read', () => {
    expect(doubtsOf(chainOf(stepsOf('wb-rc', [...OUT, USED]).toReversed()))).toEqual([]);
    const [found] = doubtsOf(chainOf(stepsOf('wb-rc', [{ to: 'collected' }, USED]).toReversed()));
    expect([found?.kind, ...(found?.evidence.map(({ to }) => to) ?? [])]).toEqual([
      'used-before-release',
      'collected',
      'used',
    ]);
  });

  it('are not doubtful for what a record that was put right says, nor for a use of which more is said later', () => {
    const corrected: Said = { ...USED, action: 'correct', hospital: 'Second' };
    expect(kinds(chainOf(stepsOf('wb-rc', [...OUT, USED, corrected])))).toEqual([]);
    expect(kinds(chainOf(stepsOf('wb-rc', [...OUT, { to: 'used', hospital: 'First' }, USED])))).toEqual([]);
  });

  it('are doubtful from the shelf also where the day of the use is known', () => {
    expect(kinds(chainOf(stepsOf('wb-rc', [{ to: 'stored' }, { ...USED, usedOn: '2026-11-02' }])))).toEqual([
      'used-elsewhere',
    ]);
  });

  it('show the issue itself, and not that a use of it was taken back', () => {
    const back: Said = { to: 'issued', action: 'correct-use', hospital: 'First' };
    const [found] = doubtsOf(chainOf(stepsOf('wb-rc', [...OUT, USED, back, { ...USED, hospital: 'Second' }])));
    expect(found).toMatchObject({ kind: 'used-elsewhere', evidence: [{ version: 4 }, { version: 7 }] });
  });

  it('are not doubtful for the same use told twice, nor for one that was taken back', () => {
    expect(kinds(chainOf(stepsOf('wb-rc', [...OUT, USED, USED])))).toEqual([]);
    const wrong: Said[] = [
      ...OUT,
      { ...USED, hospital: 'Second' },
      { to: 'issued', action: 'correct-use', hospital: 'First' },
    ];
    expect(kinds(chainOf(stepsOf('wb-rc', wrong)))).toEqual([]);
    expect(kinds(chainOf(stepsOf('wb-rc', [...wrong, USED])))).toEqual([]);
  });

  it('are doubtful where a hospital uses another component than it was issued (串换)', () => {
    const steps = [...stepsOf('wb-pl', OUT), ...stepsOf('wb-rc', [USED], 9)];
    const found = doubtsOf(chainOf(steps, [WHOLE, PLASMA, RED]));
    const differs = found.find(({ kind }) => kind === 'component-differs');
    expect(differs?.evidence.map(({ component, to }) => [component, to])).toEqual([
      ['plasma', 'issued'],
      ['red-cells', 'used'],
    ]);
  });

  it('are not doubtful for another component where nothing says that one stands for the other', () => {
    const differ = (
      plasma: readonly Said[],
      red: Said,
      units: Partial<Record<'plasma' | 'red', Partial<KeptUnit>>> = {},
    ) =>
      kinds(
        chainOf(
          [...stepsOf('wb-pl', plasma), ...stepsOf('wb-rc', [red], 9)],
          [WHOLE, { ...PLASMA, ...units.plasma }, { ...RED, ...units.red }],
        ),
      ).includes('component-differs');
    expect(differ(OUT, USED)).toBe(true);
    expect(differ(OUT, { ...USED, hospital: 'Second' })).toBe(false);
    expect(differ(OUT, { to: 'used' })).toBe(false);
    expect(differ(OUT.slice(0, 3).concat({ to: 'issued' }), { to: 'used' })).toBe(false);
    expect(differ(OUT, { ...USED, from: 'issued' })).toBe(false);
    expect(differ(OUT, USED, { red: { historical: true } })).toBe(false);
    expect(differ(OUT, USED, { plasma: { component: 'red-cells' } })).toBe(false);
    expect(differ(OUT, USED, { plasma: { stage: 'used' } })).toBe(false);
    // The last hospital that has the other counts.
    const moved: Said[] = [...OUT, { to: 'stored' }, { to: 'issued', hospital: 'Second' }];
    expect([differ(moved, USED), differ(moved, { ...USED, hospital: 'Second' })]).toEqual([false, true]);
    // Nothing is known of how it was issued.
    expect(differ([], USED)).toBe(false);
    // Its own way to the shelf is no issue, and neither is one that came after its use.
    const plasma = stepsOf('wb-pl', [{ to: 'released' }, { to: 'stored' }, { to: 'issued', hospital: 'First' }]);
    for (const red of [
      [...OUT.slice(0, 3), USED],
      [USED, { to: 'issued', hospital: 'First' } as const],
    ]) {
      expect(kinds(chainOf([...plasma, ...stepsOf('wb-rc', red, 9)], [WHOLE, PLASMA, RED]))).toContain(
        'component-differs',
      );
    }
    // Another of the donation that went elsewhere since changes nothing.
    const platelets = { unitId: 'wb-plt', parentId: 'wb', component: 'platelets', stage: 'issued' } as const;
    const elsewhere = stepsOf('wb-plt', [{ to: 'issued', hospital: 'Second' }], 8);
    const three = [...plasma, ...elsewhere, ...stepsOf('wb-rc', [USED], 9)];
    expect(doubtsOf(chainOf(three, [WHOLE, PLASMA, platelets, RED]))).toMatchObject([
      { kind: 'component-differs', evidence: [{ unitId: 'wb-pl' }, { unitId: 'wb-rc' }] },
    ]);
    // It was issued itself.
    const own = [
      ...stepsOf('wb-pl', OUT),
      ...stepsOf('wb-rc', [{ to: 'issued', hospital: 'First' }, { to: 'stored' }, USED], 9),
    ];
    expect(kinds(chainOf(own, [WHOLE, PLASMA, RED]))).toEqual(['used-elsewhere']);
  });

  it('are doubtful where what something was made of was made of something used, in the order of time', () => {
    const part = { unitId: 'wb-rc-1', parentId: 'wb-rc', component: 'red-cells', stage: 'used' } as const;
    const units = [{ ...WHOLE, stage: 'used' as const }, { ...RED, stage: 'processed' as const }, part];
    const used = (first: number, later: number) => [
      ...stepsOf('wb', [...OUT, USED], first),
      ...stepsOf('wb-rc-1', [...OUT, USED], later),
    ];
    const shown = (steps: KeptStep[]) =>
      doubtsOf(chainOf(steps, units)).map(({ id, evidence }) => [id, ...evidence.map(({ unitId }) => unitId)]);
    expect(shown(used(1, 10))).toEqual([['used-twice.wb-rc-1.5', 'wb', 'wb-rc-1']]);
    expect(shown(used(10, 1))).toEqual([['used-twice.wb-rc-1.5', 'wb-rc-1', 'wb']]);
  });

  it('are doubtful where the whole was used, and something made of it too', () => {
    const steps = [...stepsOf('wb', [...OUT, USED]), ...stepsOf('wb-rc', [...OUT, USED], 10)];
    expect(kinds(chainOf(steps, [{ ...WHOLE, stage: 'used' }, RED]))).toEqual(['used-twice']);
  });

  it('are not doubtful for a way that only the other system knows, unless what it was made of had been put aside here', () => {
    const made = { ...RED, parentId: 'wb' };
    const used = (whole: UnitStage) => [
      ...stepsOf('wb', [{ to: 'collected' }, { to: whole }]),
      ...stepsOf('wb-rc', [USED], 9),
    ];
    expect(kinds(chainOf(used('tested'), [WHOLE, made]))).toEqual([]);
    const aside = doubtsOf(chainOf(used('quarantined'), [WHOLE, made]));
    expect(aside.map(({ kind, evidence }) => [kind, ...evidence.map(({ unitId }) => unitId)])).toEqual([
      ['used-before-release', 'wb', 'wb-rc'],
    ]);
    expect(kinds(chainOf(used('discarded'), [WHOLE, made]))).toEqual(['reappeared']);
    // Of another whole, or of none that is known.
    for (const parentId of ['other', undefined]) {
      const { parentId: _, ...orphan } = RED;
      const units = [WHOLE, { ...orphan, ...(parentId && { parentId }) }];
      expect(kinds(chainOf(used('quarantined'), units))).toEqual([]);
    }
    // Put aside only afterwards, or released again before.
    const later = [...stepsOf('wb-rc', [USED], 1), ...stepsOf('wb', [{ to: 'collected' }, { to: 'quarantined' }], 9)];
    expect(kinds(chainOf(later, [WHOLE, made]))).toEqual([]);
    const released = [...stepsOf('wb', [{ to: 'quarantined' }, { to: 'released' }]), ...stepsOf('wb-rc', [USED], 9)];
    expect(kinds(chainOf(released, [WHOLE, made]))).toEqual([]);
    const same = [...stepsOf('wb', [{ to: 'quarantined' }], 9), ...stepsOf('wb-rc', [USED], 9)];
    expect(kinds(chainOf(same, [WHOLE, made]))).toEqual(['used-before-release']);
  });

  it('say the same of the same, however often they are asked', () => {
    const chain = chainOf(stepsOf('wb-rc', [{ to: 'tested' }, USED]));
    expect(doubtsOf(chain)).toEqual(doubtsOf(chain));
    expect(doubtsOf(chain)[0]?.id).toBe('used-before-release.wb-rc.2');
  });
});

/** What may happen to a unit that is used once in the end: put aside, moved, brought back and issued again, between any two of its stages. */
const lawful = fc
  .record({
    retested: fc.nat(2),
    returns: fc.nat(3),
    mistakes: fc.nat(2),
    mirrored: fc.boolean(),
    hospital: fc.constantFrom('First', 'Second'),
    again: fc.boolean(),
  })
  .map(({ retested, returns, mistakes, mirrored, hospital, again }) => {
    const act = (direct: KeptStep['action'], to: UnitStage, more: Partial<KeptStep> = {}): Said => ({
      action: mirrored ? 'mirror' : direct,
      to,
      ...more,
    });
    const said: Said[] = [act('collect', 'collected')];
    for (let n = 0; n < retested; n += 1) said.push(act('quarantine', 'quarantined'));
    said.push(act('test', 'tested'), act('release', 'released'), act('store', 'stored'));
    for (let n = 0; n < returns; n += 1) {
      said.push(act('issue', 'issued', { hospital: 'Third' }), act('return', 'stored'));
    }
    said.push(act('issue', 'issued', { hospital }));
    const use = act('use', 'used', { hospital, hospitalRecord: 'R-1' });
    for (let n = 0; n < mistakes; n += 1) {
      said.push(use, { action: 'correct-use', to: 'issued', hospital });
    }
    said.push(use);
    if (again && mirrored) said.push(use);
    return { steps: stepsOf('wb-rc', said), hospital };
  });

test('what goes its lawful way raises no doubt, whatever way that is', () => {
  fc.assert(
    fc.property(lawful, ({ steps }) => {
      expect(doubtsOf(chainOf(steps, [{ ...RED, expiresAt: hour(1000) }]))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

/** Each thing that can be wrong with it, done to the end of a lawful way. */
const WRONGS: Record<string, (steps: KeptStep[], unit: KeptUnit) => [KeptStep[], KeptUnit]> = {
  'used-after-expiry': (steps, unit) => [steps, { ...unit, expiresAt: addMinutes(steps.at(-1)?.at ?? '', -90) }],
  'used-twice': (steps, unit) => [append(steps, { to: 'used', hospital: 'First', hospitalRecord: 'R-2' }), unit],
  'used-elsewhere': (steps, unit) => [changeLast(steps, { hospital: 'Fourth' }), unit],
  reappeared: (steps, unit) => [append(steps, { to: 'stored' }), unit],
  'times-out-of-order': (steps, unit) => [changeLast(steps, { usedOn: '2026-11-01' }), unit],
  'used-before-release': (steps, unit) => {
    return [changeLast(steps, { from: 'tested' }), unit];
  },
};
const append = (steps: KeptStep[], said: Said): KeptStep[] => {
  const last = steps.at(-1) as KeptStep;
  const at = addMinutes(last.at, 60);
  return [
    ...steps,
    { unitId: last.unitId, version: last.version + 1, action: 'mirror', from: last.to, at, reportedAt: at, ...said },
  ];
};
const changeLast = (steps: KeptStep[], change: Partial<KeptStep>): KeptStep[] => [
  ...steps.slice(0, -1),
  { ...(steps.at(-1) as KeptStep), ...change },
];

test.each(Object.keys(WRONGS))('what is made wrong is found: %s', (kind) => {
  fc.assert(
    fc.property(
      lawful.filter(({ steps }) => steps.at(-1)?.from === 'issued'),
      ({ steps }) => {
        const [made, unit] = WRONGS[kind]?.(steps, RED) ?? [];
        const found = kinds(chainOf(made ?? [], [unit ?? RED]));
        expect(found).toContain(kind);
      },
    ),
    { numRuns: 300 },
  );
});

describe('two donations of one person', () => {
  const pack = packFor('cn', '2026-11-02');
  const gave = (din: string, date: string) => ({ din, date, procedure: 'whole-blood' as const, volumeMl: 400 });

  it('are doubtful where the second came before the interval was over, and only there', () => {
    const second = gave('B', '2026-11-02');
    const [found, ...more] = givenTooSoon(pack, second, [gave('A', '2026-09-01'), second, gave('C', '2026-12-01')]);
    expect(found).toMatchObject({ id: 'too-soon.A', before: { din: 'A', date: '2026-09-01' } });
    expect(more).toEqual([]);
    expect(givenTooSoon(pack, second, [gave('A', '2025-11-02')])).toEqual([]);
  });
  it('are told of the nearest that was too near, with the day from which it would not have been, by the rules for that sex', () => {
    const second = gave('C', '2026-11-02');
    const others = [gave('A', '2026-06-01'), gave('B', '2026-09-01')];
    for (const each of [others, others.toReversed()]) {
      expect(givenTooSoon(pack, second, each)).toEqual([
        {
          id: 'too-soon.B',
          kind: 'too-soon',
          evidence: [],
          before: { din: 'B', date: '2026-09-01', from: '2027-03-01' },
        },
      ]);
    }
    const uk = packFor('uk', '2026-11-02');
    const of = (sex?: 'female' | 'male') => givenTooSoon(uk, second, [gave('B', '2026-08-01')], sex).length;
    expect([of('female'), of('male'), of()]).toEqual([1, 0, 0]);
  });
  it('are not doubtful for what came afterwards, nor for the same one told otherwise', () => {
    const second = gave('B', '2026-11-02');
    expect(givenTooSoon(pack, second, [gave('A', '2026-12-01'), gave('B', '2026-11-01')])).toEqual([]);
  });
  it('are doubtful on one day as well, the one number against the other and not both ways', () => {
    const [a, b] = [gave('A', '2026-11-02'), gave('B', '2026-11-02')];
    expect(givenTooSoon(pack, b, [a, b]).map(({ id }) => id)).toEqual(['too-soon.A']);
    expect(givenTooSoon(pack, a, [a, b])).toEqual([]);
  });
});

describe('a blood group', () => {
  const A = { abo: 'A', rhd: 'positive' } as const;
  const used = stepsOf('wb-rc', [...OUT, USED]);

  it('that a hospital reports is no doubt where it is the one that was found, or where either is not known', () => {
    expect(kinds({ ...chainOf(used), group: A, reported: { 'wb-rc': A } })).toEqual([]);
    expect(kinds({ ...chainOf(used), group: A })).toEqual([]);
    expect(kinds({ ...chainOf(used), reported: { 'wb-rc': A } })).toEqual([]);
  });

  it('other than the one that was found is a substitution, of that use and until it is taken back', () => {
    for (const other of [{ abo: 'A', rhd: 'negative' } as const, { abo: 'O', rhd: 'positive' } as const]) {
      const chain = { ...chainOf(used), group: A, reported: { 'wb-rc': other } };
      expect(doubtsOf(chain)).toMatchObject([
        { id: 'group-differs.wb-rc.5', kind: 'group-differs', evidence: [{ unitId: 'wb-rc', to: 'used' }] },
      ]);
    }
    // Also where the first that is heard of it is that it was used already.
    const told = {
      ...chainOf(stepsOf('wb-rc', [{ ...USED, from: 'used' }])),
      group: A,
      reported: { 'wb-rc': { ...A, abo: 'B' as const } },
    };
    expect(kinds(told)).toEqual(['group-differs']);
    const back = stepsOf('wb-rc', [...OUT, USED, { action: 'correct-use', to: 'issued' }]);
    expect(
      kinds({ ...chainOf(back, [{ ...RED, stage: 'issued' }]), group: A, reported: { 'wb-rc': { ...A, abo: 'B' } } }),
    ).toEqual([]);
  });
});

describe('a donation number', () => {
  it('is one of its site’s where it begins as one of the ranges does, and any is where there are none', () => {
    const own = [
      { from: 'N7001', to: 'N7001' },
      { from: '330126000000', to: '330126999999' },
    ];
    for (const din of ['N700126000001', '330126000000', '330126999999', '3301265']) {
      expect(numberDoubt(din, own).length, din).toBe(din === '3301265' ? 1 : 0);
    }
    expect(numberDoubt('N700226000001', own)).toEqual([
      { id: 'number-out-of-range', kind: 'number-out-of-range', evidence: [] },
    ]);
    expect(numberDoubt('330127000000', own)).toHaveLength(1);
    expect([numberDoubt('anything', undefined), numberDoubt('anything', [])]).toEqual([[], []]);
  });

  it('range is read as people type it, and only where its ends fit', () => {
    expect(readRange({ from: 'ｎ7001', to: 'N7001 ' })).toEqual({ from: 'N7001', to: 'N7001' });
    expect(readRange({ from: '330126999999', to: '330126000000' })).toBeUndefined();
    expect(readRange({ from: 'N7001', to: 'N70' })).toBeUndefined();
    expect(readRange({ from: '', to: '' })).toBeUndefined();
    expect(readRange({ from: ' 33 01', to: '33\u300099' })).toEqual({ from: '3301', to: '3399' });
    const of = (length: number) => readRange({ from: 'A'.repeat(length), to: 'Z'.repeat(length) }) !== undefined;
    expect([1, 2, 20, 21].map(of)).toEqual([false, true, true, false]);
    for (const [from, to] of [
      ['A-01', 'A-09'],
      ['A001', 'A_09'],
      ['A001', 'A01_'],
    ] as const) {
      expect(readRange({ from, to })).toBeUndefined();
    }
  });
});
