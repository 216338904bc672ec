import { buildOpenApi, type OpenApi, openApiIndex, openApiOfArea } from '../../../shared/contract/openapi.ts';

let document: OpenApi | undefined;

/** Built when it is first asked for: the health of the service does not wait for it. */
const whole = (): OpenApi => {
  document ??= buildOpenApi();
  return document;
};

export const index = (): OpenApi => openApiIndex(whole());
export const ofArea = (area: string): OpenApi | undefined => openApiOfArea(whole(), area);
