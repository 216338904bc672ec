import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { MatchedRoute } from './router.ts';

/** What of a request the gateway passes on. `rawHeaders`: names and values in turn, as they came. */
export type GatewayRequest = {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
};

export type Claims = Readonly<Record<string, string | number | boolean | string[]>>;

/** An HTTP API's event, payload format 2.0, with the claims its JWT authorizer found. */
export function toEvent(
  request: GatewayRequest,
  matched: MatchedRoute,
  claims: Claims | undefined,
  ids: { requestId: string; now: number },
): APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer {
  const { headers, cookies } = splitHeaders(request.rawHeaders);
  const query = queryOf(request.rawQuery);
  const path = safeDecode(request.path);
  const binary = request.body.byteLength > 0 && !(isText(headers['content-type']) && isUtf8(request.body));
  return {
    version: '2.0',
    routeKey: matched.key,
    rawPath: path,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query && { queryStringParameters: query }),
    ...(Object.keys(matched.params).length > 0 && { pathParameters: { ...matched.params } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers['host'] ?? '',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: ids.requestId,
      routeKey: matched.key,
      stage: '$default',
      time: new Date(ids.now).toISOString(),
      timeEpoch: ids.now,
      ...(claims && {
        authorizer: { principalId: '', integrationLatency: 0, jwt: { claims: { ...claims }, scopes: [] } },
      }),
    },
    ...(request.body.byteLength > 0 && { body: request.body.toString(binary ? 'base64' : 'utf8') }),
    isBase64Encoded: binary,
  };
}

/** Without a prototype: `__proto__` and `constructor` are names like others here. */
const dictionary = (): Record<string, string> => Object.create(null);

/** Names in lower case; one that came twice is joined by commas; cookies stand apart. */
function splitHeaders(raw: readonly string[]): { headers: Record<string, string>; cookies: string[] } {
  const headers = dictionary();
  const cookies: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    const value = raw[i + 1] ?? '';
    if (name === 'cookie') cookies.push(...value.split(/;\s*/).filter(Boolean));
    else headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  return { headers, cookies };
}

/** Decoded; a name that came twice has its values joined by commas. */
function queryOf(raw: string): Record<string, string> | undefined {
  if (raw === '') return undefined;
  const query = dictionary();
  for (const [name, value] of new URLSearchParams(raw)) {
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  }
  return query;
}

/** Content types whose body API Gateway passes on as text; what then is no UTF-8 is left to the function to refuse. */
const isText = (contentType: string | undefined): boolean =>
  contentType === undefined ||
  /^(text\/|application\/(.*\+)?(json|xml|javascript)|application\/x-www-form-urlencoded)/i.test(contentType);

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
