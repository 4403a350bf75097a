//! Amazon Inspector: vulnerabilities, and scans of images.
//!
//! <https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html>

use serde_json::Value;

use crate::encodings::Map;

event! {
    /// `Inspector2 Finding`: a vulnerability is new, has changed, or is gone.
    #[serde(rename_all = "camelCase")]
    pub struct Finding {
        /// ARN of the finding.
        required pub finding_arn: String,
        /// Account of the resource, 12 digits.
        pub aws_account_id: String,
        /// `PACKAGE_VULNERABILITY`, `CODE_VULNERABILITY` or `NETWORK_REACHABILITY`.
        #[serde(rename = "type")]
        pub type_: String,
        /// What it is, in a line.
        pub title: String,
        /// What it is, in sentences.
        pub description: String,
        /// `INFORMATIONAL`, `LOW`, `MEDIUM`, `HIGH`, `CRITICAL` or `UNTRIAGED`.
        pub severity: String,
        /// `ACTIVE`, `SUPPRESSED` or `CLOSED`.
        pub status: String,
        /// When it was found first, as the service writes it: `Jan 19, 2022, 10:46:15 PM`.
        pub first_observed_at: String,
        /// When it was found last, as the service writes it.
        pub last_observed_at: String,
        /// When it was changed, as the service writes it.
        pub updated_at: String,
        /// How serious it is, from 0 to 10. Absent where there is no score.
        pub inspector_score: Option<f64>,
        /// How the score comes about. Absent where there is no score.
        pub inspector_score_details: Option<Value>,
        /// Whether there are ways to make use of it: `YES`, `NO`. Absent from older findings.
        pub exploit_available: Option<String>,
        /// When it was last made use of: `lastKnownExploitAt`. Absent where nobody knows.
        pub exploitability_details: Option<Value>,
        /// Whether a newer version is without it: `YES`, `NO`, `PARTIAL`. Absent from older findings.
        pub fix_available: Option<String>,
        /// How probable it is that it is made use of: `score`. Absent where nobody knows.
        pub epss: Option<Value>,
        /// What to do.
        pub remediation: Option<Remediation>,
        /// What it is about.
        pub resources: Vec<Resource>,
        /// The vulnerability. Only of one of a package.
        pub package_vulnerability_details: Option<PackageVulnerability>,
        /// The open path: ports, protocol, steps. Only of one of the network.
        pub network_reachability_details: Option<Value>,
        /// The place in the code: `cwes`, `filePath`. Only of one of code.
        pub code_vulnerability_details: Option<Value>,
    }

    /// What to do.
    #[serde(rename_all = "camelCase")]
    pub struct Remediation {
        /// What is recommended. Absent if nothing.
        pub recommendation: Option<Recommendation>,
    }

    /// What is recommended.
    #[serde(rename_all = "camelCase")]
    pub struct Recommendation {
        /// In words.
        pub text: Option<String>,
        /// Where to read about it. Absent where there is nothing to read.
        #[serde(rename = "Url", alias = "url")]
        pub url: Option<String>,
    }

    /// What a finding is about.
    #[serde(rename_all = "camelCase")]
    pub struct Resource {
        /// Id or ARN of it.
        pub id: String,
        /// `AWS_EC2_INSTANCE`, `AWS_ECR_CONTAINER_IMAGE`, `AWS_LAMBDA_FUNCTION`.
        #[serde(rename = "type")]
        pub type_: String,
        /// `aws`, `aws-cn`, `aws-us-gov`.
        pub partition: String,
        /// Region of it.
        pub region: String,
        /// Tags of it. Absent if it has none.
        pub tags: Map<String>,
        /// More about it, by its type: `awsEc2Instance`. Absent where there is no more.
        pub details: Map<Value>,
    }

    /// A vulnerability of packages.
    #[serde(rename_all = "camelCase")]
    pub struct PackageVulnerability {
        /// Id of it: `CVE-2022-22720`.
        pub vulnerability_id: String,
        /// Who describes it: `NVD`, `REDHAT_CVE`.
        pub source: String,
        /// Where to read about it. Absent where there is nothing to read.
        pub source_url: Option<String>,
        /// Packages that have it: `name`, `version`, `fixedInVersion`.
        pub vulnerable_packages: Vec<Value>,
        /// Scores of it: `baseScore`, `version`. Absent where there are none.
        pub cvss: Option<Vec<Value>>,
        /// Addresses with more about it. Absent where there are none.
        pub reference_urls: Option<Vec<String>>,
        /// Ids of others that it comes with. Absent where there are none.
        pub related_vulnerabilities: Option<Vec<String>>,
        /// How serious its source says it is. Absent where it does not.
        pub vendor_severity: Option<String>,
        /// When its source described it, as the service writes it. Absent where it does not say.
        pub vendor_created_at: Option<String>,
        /// When its source changed the description, as the service writes it. Absent where it does not say.
        pub vendor_updated_at: Option<String>,
    }

    /// `Inspector2 Scan`: an image was scanned for the first time.
    #[serde(rename_all = "kebab-case")]
    pub struct Scan {
        /// `INITIAL_SCAN_COMPLETE`, or why not.
        required pub scan_status: String,
        /// ARN of the repository.
        pub repository_name: String,
        /// How many findings there are, by severity, and as `TOTAL`.
        pub finding_severity_counts: Map<i64>,
        /// Digest of the image: `sha256:` and so on.
        pub image_digest: String,
        /// Tags of the image.
        pub image_tags: Vec<String>,
        /// Version of the detail: `1.0`. Absent from older events.
        pub version: Option<String>,
    }
}
