import { randomUUID } from 'node:crypto';
import { escapeHtml } from '../html.ts';
import type { Texts } from './texts.ts';

export type WireAnswer = { readonly status: number; readonly contentType: string; readonly body: string };

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
/** What SNS takes of a text at most. */
const MAX_BYTES = 1_600;

/** The part of SNS that texts a phone: the query protocol's Publish with a number. */
export function answerSns(form: URLSearchParams, texts: Texts): WireAnswer {
  const action = form.get('Action');
  if (action !== 'Publish') return fault('InvalidAction', 'Only Publish is spoken here.');
  const number = form.get('PhoneNumber') ?? '';
  const message = form.get('Message') ?? '';
  if (!/^\+[1-9]\d{5,14}$/.test(number)) return fault('InvalidParameter', 'Invalid parameter: PhoneNumber');
  if (message === '') return fault('InvalidParameter', 'Invalid parameter: Empty message');
  if (Buffer.byteLength(message) > MAX_BYTES) return fault('InvalidParameter', 'Invalid parameter: Message too long');
  const id = texts.receive(number, message);
  return xml(
    200,
    `<PublishResponse xmlns="${NAMESPACE}"><PublishResult><MessageId>${id}</MessageId></PublishResult>${metadata()}</PublishResponse>`,
  );
}

const metadata = (): string => `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;

const fault = (code: string, message: string): WireAnswer =>
  xml(
    400,
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeHtml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );

const xml = (status: number, body: string): WireAnswer => ({ status, contentType: 'text/xml', body });
