use lambda_events::redshift::{RedshiftUdfRequest, RedshiftUdfResponse};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn rows_are_answered_one_by_one_and_null_is_that_of_sql() {
    let request: RedshiftUdfRequest = decode("redshift/full.json");
    let sums = request.arguments.iter().map(|row| Some(row[0].as_i64()? + row[1].as_i64()?));
    assert_eq!(RedshiftUdfResponse::success(sums), decode("redshift/response-success.json"));
    assert_eq!(
        serde_json::to_value(RedshiftUdfResponse::failure("no")).unwrap(),
        json!({"success": false, "error_msg": "no", "num_records": 0, "results": []})
    );
    assert_eq!(RedshiftUdfResponse::success::<Value>([]).num_records, 0);
}
