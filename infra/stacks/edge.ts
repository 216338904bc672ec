import { Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { webAcl } from '../constructs/web-acl.ts';
import type { Stage } from '../stages.ts';

/** What CloudFront will only take from us-east-1: its certificate and its firewall. */
export class EdgeStack extends Stack {
  readonly certificate: Certificate;
  readonly acl: CfnWebACL;

  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage }) {
    super(scope, id, props);
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: props.stage.host,
      validation: CertificateValidation.fromDns(),
    });
    // A hall full of people behind one address shares it, so the limit stops floods, not crowds.
    this.acl = webAcl(this, 'Firewall', { scope: 'CLOUDFRONT', perAddressInFiveMinutes: 5_000 });
  }
}
