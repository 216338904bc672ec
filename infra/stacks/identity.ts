import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { webAcl } from '../constructs/web-acl.ts';
import { publicUrl, type Stage } from '../stages.ts';

/** What the rest needs to know of whoever signs people in. */
export type Identity = {
  readonly issuer: string;
  readonly clientId: string;
  readonly signOutUrl: string;
  readonly jwksUri?: string;
  /** Origins the pages speak to: the policy of the pages allows these. */
  readonly origins: readonly string[];
};

/** Cognito: sign-in by phone number and a one-time code by text, on its own pages. */
export class IdentityStack extends Stack {
  readonly identity: Identity;
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage; domainPrefix: string }) {
    super(scope, id, props);
    const { stage, domainPrefix } = props;
    this.pool = new UserPool(this, 'Pool', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true,
      signInAliases: { phone: true },
      autoVerify: { phone: true },
      keepOriginal: { phone: true },
      standardAttributes: { phoneNumber: { required: true, mutable: true } },
      // Cognito wants `password` listed; nobody is given one, and the pages offer the code first.
      signInPolicy: { allowedFirstAuthFactors: { password: true, smsOtp: true } },
      passwordPolicy: {
        minLength: 16,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      // A one-time code as the first factor cannot be joined with a second one (Cognito's rule).
      mfa: Mfa.OFF,
      accountRecovery: AccountRecovery.PHONE_ONLY_WITHOUT_MFA,
      deletionProtection: stage.keepData,
      removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(
      this.pool,
      'AwsSolutions-COG2',
      'A one-time code by text is the first factor; Cognito allows no second beside it.',
    );
    acknowledge(
      this.pool,
      'AwsSolutions-COG8',
      'Essentials has the one-time codes. The Plus plan adds threat protection for passwords, which nobody has; addresses are limited by the firewall, numbers by Cognito.',
    );
    acknowledge(
      this.pool,
      'AwsSolutions-IAM5[Resource::*]',
      'The role by which Cognito texts codes: a phone number is no resource that could be named. Only this pool may assume it.',
    );

    this.client = this.pool.addClient('Web', {
      generateSecret: false,
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PHONE],
        callbackUrls: [`${publicUrl(stage)}/signed-in`],
        logoutUrls: [`${publicUrl(stage)}/`],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(30),
    });
    const domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Without a style the sign-in pages only say that they are unavailable.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: this.pool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    new CfnWebACLAssociation(this, 'FirewallOfPool', {
      resourceArn: this.pool.userPoolArn,
      webAclArn: webAcl(this, 'Firewall', { scope: 'REGIONAL', perAddressInFiveMinutes: 300 }).attrArn,
    });

    const issuer = `https://cognito-idp.${this.region}.${this.urlSuffix}/${this.pool.userPoolId}`;
    this.identity = {
      issuer,
      clientId: this.client.userPoolClientId,
      signOutUrl: `${domain.baseUrl()}/logout`,
      origins: [`https://cognito-idp.${this.region}.${this.urlSuffix}`, domain.baseUrl()],
    };
    new CfnOutput(this, 'Issuer', { value: issuer });
    new CfnOutput(this, 'ClientId', { value: this.client.userPoolClientId });
  }
}
