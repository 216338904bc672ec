import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Access } from '../../shared/store/access.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Artefacts } from '../bundle.ts';
import { statementsOf } from '../grants.ts';
import type { FunctionName, Stage } from '../stages.ts';

export type Tables = { readonly schedule: TableV2; readonly private: TableV2 };

export type ServiceFunctionProps = {
  readonly stage: Stage;
  readonly name: FunctionName;
  /** Folder of the entry under functions/. */
  readonly entry: string;
  readonly code: Artefacts['code'];
  readonly tables?: Tables;
  /** The function's row of ACCESS; with it come TABLE_NAME and, where granted, PRIVATE_TABLE_NAME. */
  readonly access?: Access;
  readonly environment?: Record<string, string>;
  readonly timeoutSeconds?: number;
};

/** A Lambda as this project runs them: arm64, Node 24, its own role with nothing but what it is given, its own log. */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly log: LogGroup;
  readonly functionName: string;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { stage, tables, access } = props;
    this.functionName = `nuanliu-${stage.name}-${props.name}`;
    this.log = new LogGroup(this, 'Log', {
      logGroupName: `/nuanliu/${stage.name}/${props.name}`,
      retention: stage.logDays,
      removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.log.grantWrite(this.role);
    if (tables && access) {
      const arns = { schedule: tables.schedule.tableArn, private: tables.private.tableArn };
      for (const statement of statementsOf(access, arns)) this.role.addToPolicy(statement);
    }
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: this.functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code(props.entry),
      memorySize: stage.memoryMb[props.name] ?? stage.memoryMb.default,
      timeout: Duration.seconds(props.timeoutSeconds ?? 10),
      role: this.role,
      logGroup: this.log,
      loggingFormat: LoggingFormat.JSON,
      tracing: stage.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        ...(tables && access && { TABLE_NAME: tables.schedule.tableName }),
        ...(tables && access?.private && { PRIVATE_TABLE_NAME: tables.private.tableName }),
        ...props.environment,
      },
    });
    if (stage.tracing) {
      acknowledge(
        this.role,
        'AwsSolutions-IAM5[Resource::*]',
        'X-Ray knows no resources: traces are put to the account.',
      );
    }
  }

  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(
      new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] }),
    );
  }
}
