import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

type Rule = CfnWebACL.RuleProperty;

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

/** AWS's own rules for known bad requests, and a limit by address. Requests are not sampled: they hold phone numbers. */
export function webAcl(
  scope: Construct,
  id: string,
  props: { scope: 'CLOUDFRONT' | 'REGIONAL'; perAddressInFiveMinutes: number },
): CfnWebACL {
  const managed = (name: string, priority: number): Rule => ({
    name,
    priority,
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
    overrideAction: { none: {} },
    visibilityConfig: visible(name),
  });
  return new CfnWebACL(scope, id, {
    scope: props.scope,
    defaultAction: { allow: {} },
    visibilityConfig: visible(`nuanliu-${id}`),
    rules: [
      {
        name: 'PerAddress',
        priority: 0,
        statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: props.perAddressInFiveMinutes } },
        action: { block: {} },
        visibilityConfig: visible('PerAddress'),
      },
      managed('AWSManagedRulesAmazonIpReputationList', 1),
      managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
    ],
  });
}
