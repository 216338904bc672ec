import type { Localized } from '../../../shared/domain/vocabulary.ts';
import { useLanguage } from './states.tsx';

/** Where somebody goes: of a shift the event first, of a donation the station; then the address. */
export function Where({
  of: { place, address },
}: {
  readonly of: { readonly place: Localized; readonly address: Localized };
}) {
  const language = useLanguage();
  return (
    <>
      {place[language]}
      <br />
      <span className="muted">{address[language]}</span>
    </>
  );
}
