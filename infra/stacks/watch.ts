import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { ServiceFunction } from '../constructs/service-function.ts';
import type { Stage } from '../stages.ts';
import type { ApiStack } from './api.ts';
import type { DataStack } from './data.ts';
import type { FilesStack } from './files.ts';
import type { MessagesStack } from './messages.ts';
import type { SealsStack } from './seals.ts';

type WatchProps = StackProps & {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly messages: MessagesStack;
  readonly files: FilesStack;
  readonly seals: SealsStack;
};

type AlarmSpec = {
  /** Also the heading of docs/runbook.md that says what to do. */
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods: number;
  readonly below?: true;
  /** No data is a sign in itself. */
  readonly missingIsBad?: true;
  /** What a person would notice. */
  readonly notice: string;
  readonly act: string;
};

const OPERATIONS = [
  Operation.GET_ITEM,
  Operation.BATCH_GET_ITEM,
  Operation.QUERY,
  Operation.PUT_ITEM,
  Operation.UPDATE_ITEM,
  Operation.TRANSACT_WRITE_ITEMS,
];
const minutes = (n: number) => ({ period: Duration.minutes(n) });

/** Alarms, each with what somebody would notice and what to do first, and one page that shows the day. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id, props);
    const { stage } = props;
    const topic = new Topic(this, 'Alarms', { masterKey: props.data.key, enforceSSL: true });
    // A policy of its own (TLS only) takes the place of the one by which an account's alarms may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    for (const address of stage.alarmEmails) topic.addSubscription(new EmailSubscription(address));
    const action = new SnsAction(topic);

    const counted = this.countedInLogs(props);
    for (const { id: alarmId, metric, threshold, periods, below, missingIsBad, notice, act } of [
      ...specs(props),
      ...counted,
    ]) {
      const alarm = new Alarm(this, alarmId, {
        alarmName: `nuanliu-${stage.name}-${alarmId}`,
        alarmDescription: `${notice} ${act} Runbook: ${alarmId}.`,
        metric,
        threshold,
        evaluationPeriods: periods,
        comparisonOperator: below
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: missingIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    this.dashboard(props);
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn });
  }

  /** What no service counts: lines that the functions write only when something needs a person's eye. */
  private countedInLogs({ stage, messages }: WatchProps): AlarmSpec[] {
    const count = (id: string, of: ServiceFunction, message: string) => {
      const filter = new MetricFilter(this, `${id}Lines`, {
        logGroup: of.log,
        filterPattern: FilterPattern.stringValue('$.message', '=', message),
        metricNamespace: `Nuanliu/${stage.name}`,
        metricName: id,
        metricValue: '1',
        defaultValue: 0,
      });
      return filter.metric({ statistic: 'Sum', period: Duration.hours(1) });
    };
    return [
      {
        id: 'PublishingFails',
        metric: count('PublishingFails', messages.sender, 'publishing failed'),
        threshold: 20,
        periods: 1,
        notice: 'Many texts are refused or may not have arrived; staff see whom it concerns under failed texts.',
        act: 'The sender’s log gives the provider’s reason: a wrong token, an unregistered signature or template, a spent limit.',
      },
      {
        id: 'BudgetSpent',
        metric: count('BudgetSpent', messages.sender, 'monthly budget of texts is used up'),
        threshold: 1,
        periods: 1,
        notice: 'Nobody is texted for the rest of the month: the deployment’s own budget of segments is used up.',
        act: 'See what was sent; raise texts.monthlySegments in infra/stages.ts and deploy if it was right.',
      },
      {
        id: 'SweepFound',
        metric: count('SweepFound', messages.tick, 'a booking had no message'),
        threshold: 1,
        periods: 1,
        notice: 'The nightly sweep found bookings that nobody was told of, and has told them now: hours late.',
        act: 'Find out why the stream did not: AnnouncingFailed should have been seen before.',
      },
    ];
  }

  private dashboard({ stage, data, api, messages, files, seals }: WatchProps): void {
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    const errors = (of: ServiceFunction) => of.lambda.metricErrors({ ...minutes(5), label: of.functionName });
    new Dashboard(this, 'Day', {
      dashboardName: `nuanliu-${stage.name}`,
      widgets: [
        [
          new TextWidget({
            markdown: `# Nuanliu ${stage.name}\nWhat to do for each alarm: docs/runbook.md`,
            width: 24,
            height: 2,
          }),
        ],
        [
          graph('Requests, refusals, failures', [
            api.api.metricCount(),
            api.api.metricClientError(),
            api.api.metricServerError(),
          ]),
          graph(
            'Answer time (p50, p95, ms)',
            ['p50', 'p95'].map((statistic) => api.api.metricLatency({ statistic, label: statistic })),
          ),
        ],
        [
          graph('Texts waiting (oldest, s), failed', [
            messages.sendQueue.metricApproximateAgeOfOldestMessage(),
            messages.sendDeadLetters.metricApproximateNumberOfMessagesVisible(),
            messages.failures.metricApproximateNumberOfMessagesVisible(),
          ]),
          graph('Announcing runs behind by (ms)', [iteratorAge(messages)]),
        ],
        [
          graph('Errors by function', [...api.functions, ...jobs(messages, files), seals.seals].map(errors)),
          graph('Table: consumed units', [
            data.schedule.metricConsumedReadCapacityUnits(),
            data.schedule.metricConsumedWriteCapacityUnits(),
          ]),
        ],
      ],
    });
  }
}

const jobs = ({ announce, sender, tick, schedules }: MessagesStack, { imports }: FilesStack) => [
  announce,
  sender,
  tick,
  schedules,
  imports,
];
const iteratorAge = ({ announce }: MessagesStack) =>
  announce.lambda.metric('IteratorAge', { ...minutes(5), statistic: 'Maximum' });

function specs({ stage, data, api, messages, files, seals }: WatchProps): AlarmSpec[] {
  const { sms } = stage;
  return [
    {
      id: 'ApiFails',
      metric: api.api.metricServerError(minutes(5)),
      threshold: 5,
      periods: 1,
      notice: 'People booking or staff at the desk see “something went wrong”.',
      act: 'Look for the newest “unexpected” line in the function logs, and undo the last deployment if it began there.',
    },
    {
      id: 'ApiSlow',
      metric: api.api.metricLatency({ ...minutes(5), statistic: 'p95' }),
      threshold: 3_000,
      periods: 3,
      notice: 'Pages wait for seconds; a booking rush may be asking people to try again.',
      act: 'See on the dashboard whether requests rose or the table throttles.',
    },
    {
      id: 'TableThrottles',
      metric: data.schedule.metricThrottledRequestsForOperations({ ...minutes(5), operations: OPERATIONS }),
      threshold: 10,
      periods: 2,
      notice: 'Some bookings answer “very busy, please wait” though the site is not full.',
      act: 'Find the hot partition with CloudWatch Contributor Insights; raise the table’s warm throughput before an announced rush.',
    },
    {
      id: 'FunctionsThrottled',
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: 'Sum', ...minutes(5) }),
      threshold: 10,
      periods: 2,
      notice: 'Requests answer 503 and texts are late, because the account ran out of concurrent Lambdas.',
      act: 'Ask for a higher concurrency quota; see which function took it.',
    },
    {
      id: 'AnnouncingLate',
      metric: iteratorAge(messages),
      threshold: Duration.minutes(5).toMilliseconds(),
      periods: 2,
      notice: 'Confirmations and changes reach phones minutes late, or not yet.',
      act: 'Read the announce log: one record may be failing and holding its shard until its tries are used.',
    },
    {
      id: 'AnnouncingFailed',
      metric: messages.failures.metricApproximateNumberOfMessagesVisible({ ...minutes(5), statistic: 'Maximum' }),
      threshold: 1,
      periods: 1,
      notice: 'Something that was done was not announced: somebody waits for a text that will not come by itself.',
      act: 'Redrive the files of the failures’ bucket; the nightly sweep finds bookings and uses in any case.',
    },
    {
      id: 'TextsNotSent',
      metric: messages.sendDeadLetters.metricApproximateNumberOfMessagesVisible({
        ...minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      periods: 1,
      notice: 'Texts were tried and could not even be looked at; the people they are for know nothing.',
      act: 'Mend the cause shown in the sender’s log, then redrive the dead letters to the send queue.',
    },
    {
      id: 'TextsLate',
      metric: messages.sendQueue.metricApproximateAgeOfOldestMessage({ ...minutes(5), statistic: 'Maximum' }),
      threshold: 600,
      periods: 2,
      notice: 'Texts leave more than ten minutes late.',
      act: 'See whether the provider is slow or refuses (the sender’s log), and whether the queue only is long.',
    },
    {
      id: 'SenderFails',
      metric: messages.sender.lambda.metricErrors(minutes(5)),
      threshold: 3,
      periods: 2,
      notice: 'No texts leave at all.',
      act: 'Read the sender’s log: a setting or the provider’s token is usually the cause.',
    },
    {
      id: 'ClockStopped',
      metric: messages.tick.lambda.metricInvocations(minutes(5)),
      threshold: 1,
      periods: 2,
      below: true,
      missingIsBad: true,
      notice: '“Your blood has been used” and other texts due later stay unsent, and cancelled events do not finish.',
      act: 'See whether the EveryMinute schedule is enabled and may invoke the function. Nothing is lost: it goes on from its watermark.',
    },
    {
      id: 'ClockFails',
      metric: messages.tick.lambda.metricErrors(minutes(5)),
      threshold: 3,
      periods: 2,
      notice: 'Texts due later come late, or a cancelled event’s people are not all told yet.',
      act: 'The tick’s log names the task that failed.',
    },
    {
      id: 'NoNewSlots',
      metric: messages.schedules.lambda.metricErrors({ period: Duration.days(1) }),
      threshold: 1,
      periods: 1,
      notice: 'The last days of the four weeks ahead show no slots to book.',
      act: 'Read the log of schedules, mend the site’s schedule it names, and invoke the function once by hand.',
    },
    {
      id: 'FilesFail',
      metric: files.imports.lambda.metricErrors(minutes(15)),
      threshold: 3,
      periods: 1,
      notice: 'A file that staff have uploaded stays where it is, half read; its rows so far are in.',
      act: 'Read the log of imports: it names the import and the kind of error. Once mended it goes on by itself.',
    },
    {
      id: 'SealsFail',
      metric: seals.seals.lambda.metricErrors({ period: Duration.hours(1) }),
      threshold: 1,
      periods: 3,
      notice: 'An auditor who checks yesterday’s log is told that it has no seal.',
      act: 'Read the log of seals. Once mended it seals every day that is missing, in order.',
    },
    ...(sms.kind === 'sns'
      ? [
          {
            id: 'SmsBudget',
            metric: new Metric({
              namespace: 'AWS/SNS',
              metricName: 'SMSMonthToDateSpentUSD',
              statistic: 'Maximum',
              period: Duration.hours(1),
            }),
            threshold: sms.monthlyUsd * 0.8,
            periods: 1,
            notice: 'Soon nobody will be texted, nor able to sign in: four fifths of the month’s SMS budget are spent.',
            act: 'See whether sign-in codes are being farmed (WAF, Cognito), then raise the account’s spending limit if not.',
          },
          {
            id: 'SmsRefused',
            metric: new Metric({
              namespace: 'AWS/SNS',
              metricName: 'NumberOfNotificationsFailed',
              dimensionsMap: { PhoneNumber: 'PhoneNumberDirect' },
              statistic: 'Sum',
              ...minutes(15),
            }),
            threshold: 20,
            periods: 1,
            notice: 'Carriers refuse many texts: people miss confirmations.',
            act: 'Read the delivery log for the reason; staff see whom it concerns under failed texts.',
          } satisfies AlarmSpec,
        ]
      : []),
  ];
}
