import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { AUDIENCE } from '../../local/subjects.ts';
import type { Route } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { DEVICE_HEADER } from '../../shared/domain/second-fact.ts';
import { keys } from '../../shared/store/keys.ts';
import { anEventInput } from '../builders/events.ts';
import { aPerson, factorShown } from '../builders/people.ts';
import { type Arranged, arrange, CALLERS, type Caller, type City } from '../support/arranged.ts';
import { aGateway, type Gateway, type Got, ROUTE_NAMES, type RouteName, TOKEN_KINDS } from '../support/gateway.ts';

/**
 * Who may do what: a row a route, a column a kind of caller, for a thing of the central site, of the organisation `helpers`
 * or of the donor `owner`. Whoever adds a route adds its row: without one this file neither compiles nor passes.
 *
 *   yes    it is done, with the route's own status          401   the gateway: no valid token
 *   audit  so is it, and one entry says who looked          who   403 person-unknown: signed in, but nobody we know
 *   no     403 forbidden                                    none  404 not-found: told as if it did not exist
 *   agree  409 consent-missing: nothing of health is kept of those who have not agreed
 *   blank  409 nothing-to-certify: nothing is recorded of theirs
 *   aged   409 guardian-not-needed: they decide alone
 */
// biome-ignore format: a table
const WHO_MAY: Record<RouteName, string> = {
  //                                                nobody nameless   owner  donor   staff  staff      organiser organiser   auditor admin
  //                                                                                        elsewhere            elsewhere
  'GET /api/health':                               'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/openapi.json':                         'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/openapi/{area}':                       'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/sites':                                'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/sites/{siteId}':                       'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/sites/{siteId}/slots':                 'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/sites/{siteId}/days':                  'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/next-free':                            'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/slots/{slotId}/calendar.ics':           'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/events':                               'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/events/{eventId}':                     'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',

  'POST /api/me/sign-in':                          '401    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/me':                                   '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'PATCH /api/me':                                 '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'PUT /api/me/second-fact':                        '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/me/export':                            '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/me/erase':                            '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/me/eligibility':                       '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/me/bookings':                          '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/me/donations':                         '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/me/messages':                          '401    who        yes    yes     yes    yes        yes       yes         yes     yes',

  'GET /api/precheck/rules':                      'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/precheck':                            '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'PUT /api/precheck/answers':                    '401    who        yes    agree   agree  agree      agree     agree       agree   agree',
  'GET /api/precheck/consents':                   '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'PUT /api/precheck/consents/{purpose}':         '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/precheck/elsewhere':                  '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/precheck/elsewhere':                 '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'PUT /api/precheck/elsewhere/{declaredId}':     '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/precheck/elsewhere/{declaredId}/remove': '401    who    yes    yes     yes    yes        yes       yes         yes     yes',

  'POST /api/bookings':                            '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/bookings/{bookingId}':                 '401    who        yes    none    none   none       none      none        none    none',
  'GET /api/bookings/{bookingId}/cover':           '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/bookings/{bookingId}/cover':          '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/bookings/{bookingId}/cover/withdraw': '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/covers':                              '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/bookings/{bookingId}/cancel':         '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/bookings/{bookingId}/reschedule':     '401    who        yes    none    none   none       none      none        none    none',

  'GET /api/waiting':                              '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/waiting':                             '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/waiting/{waitId}/leave':              '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/waiting/{waitId}/accept':             '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/waiting/{waitId}/decline':            '401    who        yes    none    none   none       none      none        none    none',
  'GET /api/waiting/line':                         '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/waiting/offers':                       '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/waiting/offers/answer':               '401    who        no     no      audit  no         no        no          no      no',

  'GET /api/closures':                             '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/closures/preview':                     '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/closures':                            '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/closures/{closureId}':                 '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/closures/{closureId}/reopen':         '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/closures/moves':                       '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/closures/{closureId}/answers':        '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/moves':                                '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/moves/{bookingId}/accept':            '401    who        yes    none    none   none       none      none        none    none',

  'GET /api/blocks':                              '401    who        no     no      yes    no         no        no          no      no',
  'POST /api/blocks':                             '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/blocks/{blockId}/release':           '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/invitations/{code}':                  'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/headcounts/{code}':                   'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',

  'GET /api/planning/{siteId}':                   '401    who        no     no      yes    no         no        no          no      no',
  'PUT /api/planning/{siteId}/weeks/{effectiveFrom}': '401 who       no     no      audit  no         no        no          no      no',

  'GET /api/planning/{siteId}/drives':            '401    who        no     no      yes    no         no        no          no      no',
  'POST /api/planning/{siteId}/drives/{eventId}': '401    who        no     no      audit  no         no        no          no      no',

  'GET /api/figures':                             '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/figures/stock':                       '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/figures/table.csv':                   '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/figures/sites':                       '401    who        no     no      yes    no         no        no          no      yes',
  'GET /api/figures/sites/stock':                 '401    who        no     no      yes    no         no        no          no      yes',
  'GET /api/figures/sites/table.csv':             '401    who        no     no      yes    no         no        no          no      yes',
  'GET /api/calls':                               '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/calls/days':                          '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/calls/preview':                       '401    who        no     no      yes    no         no        no          no      no',
  'POST /api/calls':                              '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/calls/{callId}':                      '401    who        no     no      yes    no         no        no          no      no',
  'POST /api/calls/{callId}/stop':                '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/calls/settings/{siteId}':             '401    who        no     no      yes    no         no        no          no      no',
  'PUT /api/calls/settings/{siteId}':             '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/calls/open/{code}':                   'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',

  'GET /api/files/{siteId}':                      '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/files/{siteId}/mappings/{kind}':      '401    who        no     no      yes    no         no        no          no      no',
  'POST /api/files/{siteId}':                     '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/files/{siteId}/{importId}':           '401    who        no     no      yes    no         no        no          no      no',
  'POST /api/files/{siteId}/{importId}/check':    '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/files/{siteId}/{importId}/apply':    '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/files/{siteId}/{importId}/stop':     '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/files/{siteId}/{importId}/resume':   '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/files/{siteId}/{importId}/discard':  '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/files/{siteId}/{importId}/refused':   '401    who        no     no      yes    no         no        no          no      no',

  'GET /api/donations/roster':                     '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/donations/roster.csv':                 '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/donations/pass':                       '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/donations/check-in':                  '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/donations/begin':                     '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/donations/undo':                      '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/donations':                           '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/donations/screening':                 '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/donations/screening':                '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/donations/{din}/reaction':            '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/donations/{din}/corrections':        '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/donations/deferrals':                 '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/donations/deferral-reasons':           '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/donations/elsewhere':                  '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/donations/elsewhere/{declaredId}/verification': '401 who no     no      audit  no         no        no          no      no',
  'GET /api/donations/slots':                      '401    who        no     no      yes    no         no        no          no      no',
  'PATCH /api/donations/slots/{slotId}':           '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/donations/settings/{siteId}':          '401    who        no     no      yes    no         no        no          no      no',
  'PUT /api/donations/settings/{siteId}':          '401    who        no     no      audit  no         no        no          no      no',

  'POST /api/desk/people/find':                   '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/desk/people':                        '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/desk/people/{personId}':              '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/desk/people/{personId}/profile':     '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/desk/people/{personId}/phone':       '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/desk/people/{personId}/second-fact': '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/desk/bookings':                      '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/desk/bookings/{bookingId}/reschedule': '401  who        no     no      audit  no         no        no          no      no',
  'POST /api/desk/bookings/{bookingId}/cancel':   '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/desk/late':                          '401    who        no     no      audit  no         no        no          no      no',

  'GET /api/units':                                '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/units/{din}':                          '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/units/{din}/{unitId}/steps':          '401    who        no     no      yes    no         no        no          no      no',

  'GET /api/units/scan':                           '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/units/steps':                         '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/units/settings/{siteId}':              '401    who        no     no      yes    no         no        no          no      no',
  'PUT /api/units/settings/{siteId}':              '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/lookback':                             '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/recalls':                             '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/recalls':                              '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/recalls/{recallId}':                   '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/recalls/{recallId}/told':             '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/recalls/{recallId}/lift':             '401    who        no     no      audit  no         no        no          no      no',

  'GET /api/records/{code}':                       'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/me/donations/{din}':                   '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/me/donations/{din}/record':           '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/me/donations/{din}/do-not-use':       '401    who        yes    none    none   none       none      none        none    none',
  'POST /api/holds':                               '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/holds':                                '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/holds/{din}/acknowledge':             '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/holds/{din}/lift':                    '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/doubts':                               '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/doubts/hospitals':                     '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/doubts/hospitals.csv':                 '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/doubts/{din}/{doubtId}/settle':       '401    who        no     no      audit  no         no        no          no      no',

  'GET /api/laboratory':                           '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/laboratory/tests/{siteId}':            '401    who        no     no      yes    no         no        no          no      no',
  'GET /api/laboratory/tube':                      '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/laboratory/alerts':                    '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/laboratory/results':                  '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/laboratory/{din}':                     '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/laboratory/{din}/void':               '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/laboratory/{din}/take-back':          '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/laboratory/{din}/settle':             '401    who        no     no      audit  no         no        no          no      no',

  'POST /api/identity/clashes':                   '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/identity/merges':                    '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/identity/merges':                     '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/identity/merges/{mergeId}':           '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/identity/merges/{mergeId}/approve':  '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/identity/merges/{mergeId}/reject':   '401    who        no     no      audit  no         no        no          no      no',

  'POST /api/stations':                          '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/stations/{stationId}/join':          '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/stations/{stationId}/unlock':        'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/stations/{stationId}/lock':          'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/stations/{stationId}/stay':          '401    who        no     no      yes    no         no        no          no      no',
  'POST /api/stations/{stationId}/leave':         '401    who        no     no      audit  no         no        no          no      no',
  'POST /api/stations/{stationId}/end':           '401    who        no     no      audit  no         no        no          no      no',
  'GET /api/factor':                              '401    who        no     no      yes    yes        yes       yes         yes     yes',
  'POST /api/factor/enrolment':                   '401    who        no     no      audit  audit      audit     audit       audit   audit',
  'POST /api/factor/confirm':                     '401    who        no     no      audit  audit      audit     audit       audit   audit',
  'POST /api/factor/show':                        '401    who        no     no      audit  audit      audit     audit       audit   audit',
  'GET /api/roles':                               '401    who        no     no      no     no         no        no          no      audit',
  'GET /api/roles/scopes':                        '401    who        no     no      no     no         no        no          no      yes',
  'POST /api/roles/people/find':                  '401    who        no     no      no     no         no        no          no      audit',
  'POST /api/roles/grant':                        '401    who        no     no      no     no         no        no          no      audit',
  'POST /api/roles/revoke':                       '401    who        no     no      no     no         no        no          no      audit',
  'GET /api/roles/changes':                       '401    who        no     no      no     no         no        no          no      audit',
  'POST /api/roles/changes/phone':                '401    who        no     no      no     no         no        no          no      audit',
  'POST /api/roles/changes/second-factor':        '401    who        no     no      no     no         no        no          no      audit',
  'POST /api/roles/changes/second-fact':          '401    who        no     no      no     no         no        no          no      audit',
  'POST /api/roles/changes/{changeId}/approve':   '401    who        no     no      no     no         no        no          no      audit',
  'POST /api/roles/changes/{changeId}/reject':    '401    who        no     no      no     no         no        no          no      audit',

  'GET /api/audit/seal':                          '401    who        no     no      no     no         no        no          audit   no',
  'GET /api/audit':                               '401    who        no     no      no     no         no        no          audit   no',

  'GET /api/messages/problems':                    '401    who        no     no      audit  audit      no        no          no      audit',
  'POST /api/messages/problems/resend':            '401    who        no     no      audit  none       no        no          no      audit',

  'GET /api/organisations/{organisationId}/events':'401    who        no     no      no     no         yes       no          no      no',
  'POST /api/events':                              '401    who        no     no      no     no         yes       no          no      no',
  'PUT /api/events/{eventId}':                     '401    who        no     no      no     no         yes       none        no      no',
  'POST /api/events/{eventId}/publish':            '401    who        no     no      no     no         yes       none        no      no',
  'POST /api/events/{eventId}/cancel':             '401    who        no     no      no     no         yes       no          no      no',
  'GET /api/events/{eventId}/roster':              '401    who        no     no      no     no         audit     no          no      no',
  'GET /api/events/{eventId}/roster.csv':          '401    who        no     no      no     no         audit     no          no      no',
  'GET /api/events/{eventId}/waiting':             '401    who        no     no      no     no         audit     no          no      no',
  'GET /api/events/{eventId}/desk':                '401    who        no     no      no     no         yes       no          no      no',
  'GET /api/organisations':                        '401    who        no     no      no     no         yes       yes         no      no',
  'GET /api/organisations/{organisationId}/cohosted': '401 who        no     no      no     no         yes       no          no      no',
  'POST /api/events/{eventId}/cohosts':            '401    who        no     no      no     no         audit     none        no      no',
  'POST /api/events/{eventId}/drive':              '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/drive/end':          '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/cohosts/{organisationId}/answer': '401 who no  no      no     no         no        audit       no      no',
  'POST /api/events/{eventId}/cohosts/{organisationId}/end': '401 who no     no      no     no         audit     audit       no      no',
  'GET /api/events/{eventId}/repeats':             '401    who        no     no      no     no         yes       no          no      no',
  'POST /api/events/{eventId}/repeats':            '401    who        no     no      no     no         yes       none        no      no',
  'GET /api/series/{seriesId}':                    '401    who        no     no      no     no         yes       no          no      no',
  'POST /api/events/{eventId}/change-previews':    '401    who        no     no      no     no         yes       no          no      no',
  'POST /api/events/{eventId}/changes':            '401    who        no     no      no     no         yes       no          no      no',
  'GET /api/events/{eventId}/following':           '401    who        no     no      no     no         yes       no          no      no',
  'POST /api/events/{eventId}/notes':              '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/people/find':        '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/people':             '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/people/{personId}/profile': '401 who     no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/sign-ups':           '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/sign-ups/{bookingId}/cancel': '401 who  no     no      no     no         audit     no          no      no',
  'GET /api/me/open-shifts':                       '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/me/qualifications':                    '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'PUT /api/me/qualifications':                    '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/events/{eventId}/qualifications':     '401    who        no     no      no     no         audit     no          no      no',

  'GET /api/events/{eventId}/attendance':          '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/attendance':         '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/attendance/undo':    '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/attendance/sheet':   '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/codes':              '401    who        no     no      no     no         yes       no          no      no',
  'GET /api/here/{eventId}':                       'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/here/{eventId}':                      '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/events/{eventId}/teams':               '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/events/{eventId}/teams':              '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/events/{eventId}/teams/{teamId}/place': 'yes   yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/events/{eventId}/teams/{teamId}/accept': '401 who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/events/{eventId}/teams/{teamId}/decline': '401 who       yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/events/{eventId}/teams/{teamId}/seats/{n}/rename': '401 who yes none   none   none       none      none        none    none',
  'POST /api/events/{eventId}/teams/{teamId}/seats/{n}/withdraw': '401 who yes none none   none       none      none        none    none',
  'GET /api/me/insurance':                         '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'PUT /api/me/insurance':                         '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/me/insurance/remove':                 '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'GET /api/events/{eventId}/insurance':           '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/insurance':          '401    who        no     no      no     no         audit     no          no      no',
  'GET /api/events/{eventId}/insurance.csv':       '401    who        no     no      no     no         audit     no          no      no',
  'GET /api/me/guardians':                         '401    who        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/me/guardians':                        '401    who        yes    aged    aged   aged       aged      aged        aged    aged',
  'GET /api/guardians/{code}':                     'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/guardians/{code}':                    'yes    yes        yes    yes     yes    yes        yes       yes         yes     yes',
  'POST /api/events/{eventId}/guardians':          '401    who        no     no      no     no         audit     no          no      no',
  'POST /api/events/{eventId}/guardians/withdraw': '401    who        no     no      no     no         audit     no          no      no',

  'GET /api/me/service':                         '401    who        yes    yes    yes     yes        yes       yes         yes     yes',
  'GET /api/me/service/records':                 '401    who        yes    yes    yes     yes        yes       yes         yes     yes',
  'POST /api/me/service/corrections':            '401    who        yes    none   none    none       none      none        none    none',
  'PUT /api/me/service/number':                  '401    who        yes    yes    yes     yes        yes       yes         yes     yes',
  'POST /api/me/service/certificates':           '401    who        yes    blank  blank   blank      blank     blank       blank   blank',
  'GET /api/certificates/{code}':                'yes    yes        yes    yes    yes     yes        yes       yes         yes     yes',
  'GET /api/organisations/{organisationId}/hours':'401    who        no     no     no      no         yes       no          no      yes',
  'GET /api/organisations/{organisationId}/hours/requests':'401    who        no     no     no      no         audit     no          no      audit',
  'GET /api/organisations/{organisationId}/hours/people/{bookingId}':'401    who        no     no     no      no         audit     no          no      no',
  'POST /api/organisations/{organisationId}/hours/requests':'401    who        no     no     no      no         audit     no          no      no',
  'POST /api/organisations/{organisationId}/hours/requests/{requestId}/decision':'401    who        no     no     no      no         audit     no          no      audit',
  'GET /api/organisations/{organisationId}/hours/settings':'401    who        no     no     no      no         yes       no          no      yes',
  'PUT /api/organisations/{organisationId}/hours/settings':'401    who        no     no     no      no         audit     no          no      audit',
  'GET /api/organisations/{organisationId}/hours/export.csv':'401    who        no     no     no      no         audit     no          no      audit',
  'GET /api/hours/stars':                        '401    who        no     no     no      no         no        no          no      yes',
  'PUT /api/hours/stars':                        '401    who        no     no     no      no         no        no          no      audit',
};

const ANSWERS = [
  'yes',
  'audit',
  '401',
  'who',
  'no',
  'none',
  'rejected',
  'field',
  'state',
  'agree',
  'blank',
  'aged',
] as const;
type Expected = (typeof ANSWERS)[number];

const REFUSALS: Record<Exclude<Expected, 'yes' | 'audit' | '401'>, [status: number, code: string]> = {
  who: [403, 'person-unknown'],
  no: [403, 'forbidden'],
  none: [404, 'not-found'],
  rejected: [401, 'identity-rejected'],
  field: [400, 'invalid-input'],
  state: [409, 'wrong-state'],
  agree: [409, 'consent-missing'],
  blank: [409, 'nothing-to-certify'],
  aged: [409, 'guardian-not-needed'],
};

/** What a key of their own opens, whatever token comes with it: the browser of a shared station, while nobody is there, and a guardian's word. */
const BY_KEY: readonly RouteName[] = [
  'POST /api/stations/{stationId}/unlock',
  'POST /api/stations/{stationId}/lock',
  'POST /api/guardians/{code}',
];

const ROUTES = Object.assign({}, ...Object.values(contract).map(({ routes }) => routes)) as Record<RouteName, Route>;
const routeOf = (name: RouteName): Route => ROUTES[name];

/** A row as callers and what each is answered. */
const cellsOf = (row: string): [Caller, Expected][] =>
  row.split(/\s+/).map((word, n) => [CALLERS[n] as Caller, word as Expected]);

let gateway: Gateway;
let city: City;
beforeAll(async () => {
  gateway = await aGateway(inject('engineEndpoint'));
  city = await arrange(gateway);
});
afterAll(async () => await gateway?.stop());

/** Which subject a caller's token names: for a thing with an owner of its own, that one. */
const subjectOf = (caller: Exclude<Caller, 'nobody'>, call: Arranged): string =>
  caller === 'owner' ? (call.owner ?? city.people.owner) : city.people[caller];

let signIns = 0;
/** Sends a call as a caller; signing in takes the caller's own ID token, and for the nameless one a subject of its own. */
async function as(caller: Caller, route: RouteName, call: Arranged): Promise<Got> {
  if (caller === 'nobody') return await gateway.call(route, call);
  if (route === 'POST /api/me/erase' && caller !== 'nameless') {
    // Everybody else is still needed.
    return await gateway.call(route, { ...call, token: await city.tokenOf(await aPerson(gateway.store)) });
  }
  if (route !== 'POST /api/me/sign-in') {
    return await gateway.call(route, { ...call, token: await city.tokenOf(subjectOf(caller, call)) });
  }
  signIns += 1;
  const isNew = caller === 'nameless';
  const sub = isNew ? `subject-${signIns}` : city.people[caller];
  const body = { idToken: await gateway.idToken(sub, '+8613900007388'), ...(isNew && { isNew }) };
  const headers = isNew ? { [DEVICE_HEADER]: `device-${signIns}` } : {};
  return await gateway.call(route, { ...call, body, headers, token: await city.tokenOf(sub) });
}

const expectRefused = (answer: Got, expected: Expected, about: string) => {
  if (expected === '401') {
    expect([answer.status, answer.text], about).toEqual([401, '{"message":"Unauthorized"}']);
    return;
  }
  const [status, code] = REFUSALS[expected as keyof typeof REFUSALS];
  expect([answer.status, answer.json['code']], about).toEqual([status, code]);
  expect(answer.headers.get('content-type'), about).toMatch(/^application\/problem\+json/);
  for (const secret of city.secrets) expect(answer.text, about).not.toMatch(secret);
};

/** Names that an answer holds, but for the caller's own. */
function othersIn(answer: Got, caller: Caller, call: Arranged): string[] {
  const own = caller === 'owner' && call.owner !== city.people.owner && call.owner ? 9 : CALLERS.indexOf(caller) - 1;
  return (answer.text.match(/Somebody-\d/g) ?? []).filter((name) => name !== `Somebody-${own}`);
}

const writesOf = (answer: Got): number => gateway.writesOf(answer.headers.get('apigw-requestid'));

/** Who is recorded to have looked since the last look at what changed, entry by entry. */
const lookers = async (): Promise<unknown[]> =>
  (await gateway.changes()).filter(({ kind }) => kind === 'audit').map(({ by }) => by);

describe('the table', () => {
  it('has a row for each route of the contract, and no other', () => {
    expect(Object.keys(WHO_MAY).sort()).toEqual([...ROUTE_NAMES].sort());
  });
  it('says of every kind of caller what it is answered', () => {
    for (const [route, row] of Object.entries(WHO_MAY)) {
      expect(
        cellsOf(row).map(([caller]) => caller),
        route,
      ).toEqual(CALLERS);
      for (const [, word] of cellsOf(row)) expect(ANSWERS, `${route}: ${word}`).toContain(word);
    }
  });
  it('agrees with the roles that the contract declares', () => {
    for (const route of ROUTE_NAMES) {
      const declared = routeOf(route).roles;
      const mayTry = (caller: Caller): boolean => {
        const role = caller.replace('-elsewhere', '');
        if (declared.includes('public')) return true;
        if (caller === 'nobody') return false;
        if (declared.includes('signed-in')) return true;
        if (caller === 'nameless') return false;
        return declared.includes('person') || declared.some((needed) => needed === role);
      };
      for (const [caller, word] of cellsOf(WHO_MAY[route])) {
        if (word === 'yes' || word === 'audit') expect(mayTry(caller), `${caller} ${route}`).toBe(true);
      }
    }
  });
});

it('nothing else that is public changes anything', () => {
  const open = ROUTE_NAMES.filter((route) => routeOf(route).roles.includes('public') && !route.startsWith('GET '));
  expect(open.toSorted()).toEqual(BY_KEY.toSorted());
});

describe.each(ROUTE_NAMES)('%s', (route) => {
  const cells = cellsOf(WHO_MAY[route] ?? '');
  const isPublic = routeOf(route).roles.includes('public');
  const allowed = cells.filter(([, word]) => word === 'yes' || word === 'audit');
  const refused = cells.filter(([, word]) => word !== 'yes' && word !== 'audit');

  const refusing = refused.length > 0 ? it : undefined;
  refusing?.('refuses who may not, tells them nothing of others, and changes nothing', async () => {
    const call = await city.calls[route]();
    await gateway.changes();
    await Promise.all(
      refused.map(async ([caller, word]) => {
        const answer = await as(caller, route, call);
        expectRefused(answer, word, `${caller} ${route}`);
        expect(writesOf(answer), `${caller} wrote something by ${route}`).toBe(0);
      }),
    );
    expect(await gateway.changes(), `something was changed by ${route}`).toEqual([]);
  });

  it('takes no token but a good one', async () => {
    const call = await city.calls[route]();
    const [caller] = allowed.find(([who]) => who !== 'nobody' && who !== 'nameless') ?? ['owner'];
    const sub = subjectOf(caller as 'owner', call);
    const openly = isPublic ? await gateway.call(route, call) : undefined;
    await Promise.all(
      TOKEN_KINDS.filter((it) => it !== 'good').map(async (kind) => {
        const answer = await gateway.call(route, { ...call, token: await gateway.token(sub, kind) });
        if (openly) expect([answer.status, answer.text], kind).toEqual([openly.status, openly.text]);
        else expectRefused(answer, '401', kind);
        if (!BY_KEY.includes(route)) expect(writesOf(answer)).toBe(0);
      }),
    );
  });

  const done = async (caller: Caller, call: Arranged) => {
    const answer = await as(caller, route, call);
    expect(answer.status, `${caller}: ${answer.text}`).toBe(routeOf(route).status);
    return answer;
  };
  const namesNobody = (caller: Caller, call: Arranged, answer: Got) =>
    expect(othersIn(answer, caller, call), `${caller}: others are named only where the read is recorded`).toEqual([]);
  const isRead = route.startsWith('GET ');
  const openly = allowed.filter(([, word]) => word === 'yes').map(([caller]) => caller);

  if (isRead && openly.length > 0) {
    it(`is done for ${openly.join(', ')}`, async () => {
      const call = await city.calls[route]();
      await Promise.all(
        openly.map(async (caller) => {
          const answer = await done(caller, call);
          namesNobody(caller, call, answer);
          expect(writesOf(answer)).toBe(0);
        }),
      );
    });
  } else {
    it.each(openly)('is done for %s', async (caller) => {
      const call = await city.calls[route]();
      namesNobody(caller, call, await done(caller, call));
    });
  }

  it.each(allowed.filter(([, word]) => word === 'audit'))(
    'is done for %s, and who looked is recorded',
    async (caller) => {
      const call = await city.calls[route]();
      await gateway.changes();
      const answer = await done(caller, call);
      expect(await lookers()).toEqual([subjectOf(caller as 'staff', call)]);
      if (isRead) expect(writesOf(answer)).toBe(1);
    },
  );
});

/** What the table above cannot show: the same routes for another thing than the ordinary one. */
const OTHER_THINGS: Record<string, { route: RouteName; call: () => Promise<Arranged>; row: string }> = {
  'a draft, which is nobody’s to see in public': {
    route: 'GET /api/events/{eventId}',
    call: async () => ({ params: { eventId: city.hidden.eventId } }),
    row: 'none none none none none none none none none none',
  },
  'a published event, which is known to exist': {
    route: 'PUT /api/events/{eventId}',
    call: async () => {
      const { eventId, version } = await city.published();
      return { params: { eventId }, body: { ...anEventInput(), version } };
    },
    row: '401 who no no no no state no no no',
  },
  'the people of a draft': {
    route: 'GET /api/events/{eventId}/roster',
    call: async () => ({ params: { eventId: city.hidden.eventId }, query: { date: '2026-11-28' } }),
    row: '401 who no no no no audit none no no',
  },
  'a draft given to another organisation': {
    route: 'PUT /api/events/{eventId}',
    call: async () => {
      const { params } = await city.calls['PUT /api/events/{eventId}']();
      return { params, body: { ...anEventInput({ organisationId: 'others' }), version: 1 } };
    },
    row: '401 who no no no no no none no no',
  },
  'an event of the other organisation': {
    route: 'POST /api/events',
    call: async () => ({ body: anEventInput({ organisationId: 'others' }) }),
    row: '401 who no no no no no yes no no',
  },
  'the events of the other organisation': {
    route: 'GET /api/organisations/{organisationId}/events',
    call: async () => ({ params: { organisationId: 'others' } }),
    row: '401 who no no no no no yes no no',
  },
  'the roster of the other site': {
    route: 'GET /api/donations/roster',
    call: async () => ({ query: { siteId: 'east', date: '2026-11-23' } }),
    row: '401 who no no no audit no no no no',
  },
  'the units of the other site': {
    route: 'GET /api/units',
    call: async () => ({ query: { siteId: 'east', date: '2026-11-23' } }),
    row: '401 who no no no audit no no no no',
  },
  'a volunteer’s booking at the donors’ desk': {
    route: 'POST /api/donations/check-in',
    call: async () => ({ body: { bookingId: await city.booked() } }),
    row: '401 who no no none none no no no no',
  },
  'a slot of the other site': {
    route: 'PATCH /api/donations/slots/{slotId}',
    call: async () => ({ params: { slotId: await city.aDonationSlot('east') }, body: { version: 1, places: 7 } }),
    row: '401 who no no no audit no no no no',
  },
  'the slots of the other site': {
    route: 'GET /api/donations/slots',
    call: async () => ({ query: { siteId: 'east', date: '2026-11-23' } }),
    row: '401 who no no no yes no no no no',
  },
  'a text of the other site': {
    route: 'POST /api/messages/problems/resend',
    call: async () => ({ body: { personId: city.people.owner, messageId: await city.failedText('east') } }),
    row: '401 who no no none audit no no no audit',
  },
  'the place after one of another’s list of bookings': {
    route: 'GET /api/me/bookings',
    call: async () => ({ query: { cursor: await cursorOf('owner', 'GET /api/me/bookings', {}) } }),
    row: '401 who yes field field field field field field field',
  },
  'the place after one of another site’s roster': {
    route: 'GET /api/donations/roster',
    call: async () => {
      const query = { siteId: 'central', date: '2026-11-23' };
      return {
        query: { ...query, siteId: 'east', cursor: await cursorOf('staff', 'GET /api/donations/roster', query) },
      };
    },
    row: '401 who no no no field no no no no',
  },
};

/** Where a list that its reader may see goes on after its first line. */
async function cursorOf(caller: 'owner' | 'staff', route: RouteName, query: Record<string, string>): Promise<string> {
  for (let n = 0; n < 2; n += 1) await (caller === 'owner' ? city.booked() : city.expected());
  const page = await city.done<{ cursor: string }>(city.people[caller], route, { query: { ...query, limit: '1' } });
  expect(page.cursor).toBeTypeOf('string');
  return page.cursor;
}

describe.each(Object.entries(OTHER_THINGS))('%s', (_, { route, call, row }) => {
  it(`${route}`, async () => {
    const cells = cellsOf(row);
    expect(cells.map(([caller]) => caller)).toEqual(CALLERS);
    const thing = await call();
    await gateway.changes();
    await Promise.all(
      cells
        .filter(([, word]) => word !== 'yes' && word !== 'audit')
        .map(async ([caller, word]) => expectRefused(await as(caller, route, thing), word, `${caller} ${route}`)),
    );
    expect(await gateway.changes()).toEqual([]);
    for (const [caller, word] of cells) {
      if (word !== 'yes' && word !== 'audit') continue;
      const answer = await as(caller, route, await call());
      expect(answer.status, answer.text).toBe(routeOf(route).status);
    }
  });
});

describe('whoever may not', () => {
  it('is told so in their own language', async () => {
    const call = await city.calls['GET /api/holds']();
    const token = await city.tokenOf(city.people.donor);
    const told = async (language: string) =>
      (await gateway.call('GET /api/holds', { ...call, token, headers: { 'accept-language': language } })).json[
        'detail'
      ];
    expect(await told('zh')).toMatch(/\p{Script=Han}/u);
    expect(await told('en')).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('signing in', () => {
  const signIn = async (sub: string, idToken: string) =>
    await gateway.call('POST /api/me/sign-in', { body: { idToken }, token: await city.tokenOf(sub) });

  it('links nobody to the number of another, and takes no ID token but a good one', async () => {
    const { donor, owner } = city.people;
    const phone = { phone_number: '+8613900007391', phone_number_verified: true };
    await gateway.changes();
    expectRefused(await signIn(donor, await gateway.idToken(owner, '+8613900007391')), 'rejected', 'another’s');
    expectRefused(await signIn(donor, await city.tokenOf(donor)), 'rejected', 'an access token');
    expectRefused(await signIn(donor, await gateway.token(donor, 'id-token')), 'rejected', 'no number');
    const unproven = { ...phone, phone_number_verified: false };
    expectRefused(await signIn(donor, await gateway.token(donor, 'id-token', unproven)), 'rejected', 'unproven');
    for (const kind of TOKEN_KINDS.filter((it) => !['id-token', 'good', 'empty'].includes(it))) {
      const claims = { ...phone, ...(kind !== 'other-audience' && { aud: 'nuanliu-web' }) };
      expectRefused(await signIn(donor, await gateway.token(donor, kind, claims)), 'rejected', kind);
    }
    expect(await gateway.changes()).toEqual([]);
  });

  it('with the number of somebody else shows nothing of them: numbers are recycled', async () => {
    const phone = '+8613900007391';
    const idToken = await gateway.idToken('a-new-subject', phone);
    expectRefused(await signIn('a-new-subject', idToken), 'who', 'a device that nobody has said who they are on');
    const answer = await gateway.call('POST /api/me/sign-in', {
      body: { idToken, isNew: true },
      headers: { [DEVICE_HEADER]: 'a-new-device' },
      token: await city.tokenOf('a-new-subject'),
    });
    expect(answer.status).toBe(200);
    expect(answer.json['personId']).not.toBe(city.people.owner);
    expect(answer.json['roles']).toEqual([]);
    expect(answer.text).not.toMatch(/Somebody/);
  });

  it('leaves nothing to an access token used to read, and nothing to an ID token used to act', async () => {
    const idToken = await gateway.idToken(city.people.staff, '+8613900007393');
    const answer = await gateway.call('GET /api/me', { token: idToken });
    expectRefused(answer, '401', `the audience must be ${AUDIENCE}`);
  });
});

describe('whoever has a role and has not shown their second factor here', () => {
  const needed = ROUTE_NAMES.filter((route) => {
    const { roles, beforeFactor } = routeOf(route);
    return !beforeFactor && !roles.some((role) => ['public', 'signed-in', 'person'].includes(role));
  });

  it.each(['not at all', 'elsewhere', 'too long ago'] as const)('%s: may use no route of the role', async (when) => {
    const roles = [
      { role: 'staff', scope: 'central' },
      { role: 'organiser', scope: 'helpers' },
      { role: 'auditor', scope: 'ALL' },
      { role: 'admin', scope: 'ALL' },
    ] as const;
    const somebody = await aPerson(gateway.store, { factor: 'unset', roles: [...roles] });
    const shown = when === 'elsewhere' ? { device: 'another-browser' } : {};
    const until = new Date(gateway.world.clock.now()).toISOString();
    if (when !== 'not at all') {
      await gateway.store.transact([factorShown(somebody, shown, when === 'too long ago' ? until : undefined)]);
    }
    const token = await city.tokenOf(somebody);
    await gateway.changes();
    expect(needed.length).toBeGreaterThan(100);
    for (const route of needed) {
      const answer = await gateway.call(route, { token, ...(route.startsWith('GET') ? {} : { body: {} }) });
      expect([answer.status, answer.json['code']], route).toEqual([403, 'second-factor-needed']);
    }
    expect(await gateway.changes()).toEqual([]);
  });

  it('may use the few by which they show it, and those alone', () => {
    const before = ROUTE_NAMES.filter((route) => routeOf(route).beforeFactor);
    expect(before.every((route) => route.includes(' /api/factor'))).toBe(true);
  });

  it('may have shown it at a shared station, and then use those alone by which they take a seat', () => {
    const before = ROUTE_NAMES.filter((route) => routeOf(route).beforeSeat);
    expect(before).toEqual(['POST /api/stations', 'POST /api/stations/{stationId}/join']);
  });
});

describe('a role', () => {
  it('ends at once when it is revoked, and begins at once when it is given', async () => {
    const roster = { query: { siteId: 'east', date: '2026-11-23' } };
    const staff = await aPerson(gateway.store, { name: 'Somebody-0', factor: 'shown' });
    const look = async () =>
      (await gateway.call('GET /api/donations/roster', { ...roster, token: await city.tokenOf(staff) })).status;
    expect(await look()).toBe(403);
    const role = { kind: 'role', personId: staff, role: 'staff', scope: 'east' } as const;
    await gateway.store.put({ Item: { ...keys.role(staff, 'staff', 'east'), ...role } });
    expect(await look()).toBe(200);
    await gateway.store.transact([{ Delete: { Key: keys.role(staff, 'staff', 'east') } }]);
    expect(await look()).toBe(403);
  });
});

describe('the log', () => {
  it('holds no name and no number of anybody, after all of the above', () => {
    const said = JSON.stringify(gateway.world.lines, (key, value) => (key === 'requestId' ? undefined : value));
    expect(gateway.world.lines.length).toBeGreaterThan(400);
    for (const secret of city.secrets) expect(said).not.toMatch(secret);
  });
});
