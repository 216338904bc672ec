import { describe, expect, it } from 'vitest';
import { decideUse, type IsBoundTo } from '../../functions/events/common/decide-use.ts';
import type { MessageItem, UnitItem } from '../../shared/store/items/index.ts';

const unit = (unitId: string, stage: UnitItem['stage'], version = 5) =>
  ({ unitId, stage, version, changedAt: `2026-11-23T0${version}:00:00.000Z` }) as UnitItem;
const message = (status: MessageItem['status'], sk = 'red', version = 5, unsure?: true) =>
  ({ status, bound: { pk: 'x', sk, version }, ...(unsure && { unsure }) }) as MessageItem;
const isBoundTo: IsBoundTo = ({ bound }, { unitId, version }, which) =>
  bound?.sk === unitId && (which === 'any-version' || bound.version === version);

const USED = unit('red', 'used');
const BACK = unit('red', 'issued', 6);
const OTHER = unit('plasma', 'used');

describe('the next step towards what a donor should be told', () => {
  it.each<[string, UnitItem[], MessageItem | undefined, MessageItem | undefined, string | undefined]>([
    ['nothing is used', [BACK], undefined, undefined, undefined],
    ['a use, not told', [USED], undefined, undefined, 'tell red'],
    ['the earlier of two uses', [unit('plasma', 'used', 7), USED], undefined, undefined, 'tell red'],
    ['a use about to be told', [USED], message('due'), undefined, undefined],
    ['a use in a sender’s hands, taken back', [BACK], message('claimed'), undefined, undefined],
    ['taken back in time', [BACK], message('due'), undefined, 'stop'],
    ['taken back after an attempt without an answer', [BACK], message('due', 'red', 5, true), undefined, 'give-up'],
    ['taken back in time, another stands', [BACK, OTHER], message('due'), undefined, 'rebind plasma'],
    ['recorded again at a later version', [unit('red', 'used', 7)], message('due'), undefined, 'rebind red'],
    ['failed, and another stands', [BACK, OTHER], message('failed'), undefined, 'rebind plasma'],
    ['failed, and taken back', [BACK], message('failed'), undefined, 'stop'],
    ['stopped, then used', [unit('red', 'used', 7)], message('void'), undefined, 'tell red'],
    ['withheld, then taken back', [BACK], message('withheld'), undefined, undefined],
    ['told, and stands', [USED], message('sent'), undefined, undefined],
    ['told, and taken back', [BACK], message('sent'), undefined, 'correct red'],
    ['perhaps told, and taken back', [BACK], message('uncertain'), undefined, 'correct red'],
    ['told, taken back, another stands', [BACK, OTHER], message('sent'), undefined, undefined],
    ['told, taken back, correction waits', [BACK], message('sent'), message('due'), undefined],
    [
      'told, correction waits, used again',
      [unit('red', 'used', 7)],
      message('sent'),
      message('due'),
      'stop-correction',
    ],
    ['told, correction stopped, taken back again', [BACK], message('sent'), message('void'), 'correct red'],
    ['told, corrected, used again', [unit('red', 'used', 7)], message('sent'), message('sent'), undefined],
    ['told, corrected, taken back again', [BACK], message('sent'), message('sent'), undefined],
  ])('%s', (_, units, used, correction, expected) => {
    const step = decideUse({ units, used, correction }, isBoundTo);
    expect(step && [step.kind, ...('unit' in step ? [step.unit.unitId] : [])].join(' ')).toBe(expected);
  });

  it.each<[string, UnitItem[], MessageItem | undefined, string | undefined]>([
    ['a use, not told', [USED], undefined, undefined],
    ['a use about to be told', [USED], message('due'), 'wait'],
    ['a use that may have been told', [USED], message('due', 'red', 5, true), 'give-up'],
    ['a use whose text failed', [USED], message('failed'), 'wait'],
    ['a use whose text waits already', [USED], message('void'), undefined],
    ['taken back in time', [BACK], message('due'), 'stop'],
    ['told, and taken back', [BACK], message('sent'), 'correct'],
    ['told before it was doubtful', [USED], message('sent'), undefined],
  ])('of a donation that is doubtful: %s', (_, units, used, expected) => {
    expect(decideUse({ units, used, correction: undefined, doubtful: true }, isBoundTo)?.kind).toBe(expected);
  });
});
