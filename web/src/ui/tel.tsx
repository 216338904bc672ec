import { dialled } from '../../../shared/domain/phone.ts';

/** A number to call, as it is dialled; `say` puts it into a sentence of its own. */
export function Tel({ phone, say }: { readonly phone: string; readonly say?: (dialled: string) => string }) {
  const shown = dialled(phone);
  return <a href={`tel:${phone}`}>{say ? say(shown) : shown}</a>;
}
