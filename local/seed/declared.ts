import { addSpan } from '../../shared/domain/dates.ts';
import type { PrecheckAnswer } from '../../shared/domain/precheck.ts';
import { CONSENT_WORDING, type Instant, type LocalDate } from '../../shared/domain/vocabulary.ts';
import { packFor } from '../../shared/policy/index.ts';
import type { Store } from '../../shared/store/client.ts';
import { declareElsewhere } from '../../shared/store/transactions/declare-elsewhere.ts';
import { saveAnswers } from '../../shared/store/transactions/save-answers.ts';
import { setConsent } from '../../shared/store/transactions/set-consent.ts';
import { engineAt, keyOf } from './life.ts';
import { DECLARER } from './people.ts';

/** Somebody who answered the questions six weeks ago, after a tattoo, and who gave platelets in another city in spring. */
export async function declare(store: Store, now: Instant, today: LocalDate): Promise<void> {
  const deps = engineAt(store, now);
  const ago = (days: number) => addSpan(today, { value: -days, unit: 'day' });
  const pack = packFor('cn', today);
  const who = { personId: DECLARER, pack, on: today };
  const answeredOn = ago(42);
  const answers = pack.questions.map(
    ({ id }): PrecheckAnswer => ({
      question: id,
      answeredOn,
      events: id === 'tattoo' ? [{ code: 'tattoo-or-sharps', ended: ago(61) }] : [],
    }),
  );
  await setConsent(deps, {
    personId: DECLARER,
    purpose: 'health-answers',
    given: true,
    wording: CONSENT_WORDING['health-answers'],
    version: 0,
    idempotency: keyOf(DECLARER, 'agree'),
  });
  await saveAnswers(deps, { ...who, version: 0, answers, idempotency: keyOf(DECLARER, 'answers') });
  await declareElsewhere(deps, {
    ...who,
    donation: { date: ago(200), procedure: 'platelets', volumeMl: 250, platelets: 1, place: '邻江市血液中心' },
    idempotency: keyOf(DECLARER, 'elsewhere'),
  });
}
