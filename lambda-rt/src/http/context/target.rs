//! What load balancers and VPC Lattice say of a request.

use super::context;

context! {
    /// `requestContext` of a load balancer.
    AlbContext {
        /// The load balancer.
        #[serde(deserialize_with = "super::nullish")]
        elb: Elb,
    }

    /// A load balancer.
    Elb {
        /// The ARN of the target group.
        target_group_arn: Option<String>,
    }

    /// `requestContext` of VPC Lattice.
    LatticeContext {
        /// Who called, where the service network asks for a signature.
        identity: Option<LatticeIdentity>,
        /// The region.
        #[serde(deserialize_with = "super::nullish")]
        region: String,
        /// The ARN of the service.
        #[serde(deserialize_with = "super::nullish")]
        service_arn: String,
        /// The ARN of the service network.
        #[serde(deserialize_with = "super::nullish")]
        service_network_arn: String,
        /// The ARN of the target group.
        #[serde(deserialize_with = "super::nullish")]
        target_group_arn: String,
        /// When the request came, in microseconds since 1970.
        #[serde(deserialize_with = "super::nullish")]
        time_epoch: String,
    }

    /// Who called a service of VPC Lattice.
    LatticeIdentity {
        /// The VPC of the caller.
        source_vpc_arn: Option<String>,
        /// `AWS_IAM` or `RolesAnywhere`.
        #[serde(rename = "type")]
        identity_type: Option<String>,
        /// The principal that signed the request.
        principal: Option<String>,
        /// Its organization.
        #[serde(rename = "principalOrgID")]
        principal_org_id: Option<String>,
        /// Its session.
        session_name: Option<String>,
        /// The issuer of a certificate of IAM Roles Anywhere.
        #[serde(rename = "x509IssuerOu")]
        x509_issuer_ou: Option<String>,
        /// The names of DNS in the certificate.
        #[serde(rename = "x509SanDns")]
        x509_san_dns: Option<String>,
        /// The common name among its alternative names.
        #[serde(rename = "x509SanNameCn")]
        x509_san_name_cn: Option<String>,
        /// The URI among its alternative names.
        #[serde(rename = "x509SanUri")]
        x509_san_uri: Option<String>,
        /// The common name of its subject.
        #[serde(rename = "x509SubjectCn")]
        x509_subject_cn: Option<String>,
    }
}
