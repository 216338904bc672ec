/** Text made safe for an HTML document or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** A template whose values are escaped; `raw` values and lists of them are not. */
export function html(
  parts: TemplateStringsArray,
  ...values: (string | number | Raw | Raw[] | undefined | false)[]
): Raw {
  const shown = values.map((value) => {
    if (value === undefined || value === false) return '';
    if (Array.isArray(value)) return value.map(({ raw }) => raw).join('');
    return typeof value === 'object' ? value.raw : escapeHtml(String(value));
  });
  return raw(parts.map((part, i) => part + (shown[i] ?? '')).join(''));
}

/** HTML that is safe as it stands. */
export type Raw = { readonly raw: string };
export const raw = (text: string): Raw => ({ raw: text });
