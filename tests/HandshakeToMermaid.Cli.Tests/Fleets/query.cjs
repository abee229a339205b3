// Runs SQL statements in one DuckDB. Argument: the folder with node_modules. Standard input: a JSON array of statements.
// Standard output: a JSON array with the rows of each, every row an object.
const { DuckDBInstance } = require(process.argv[2] + '/node_modules/@duckdb/node-api');

async function main() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const answers = [];
  for (const statement of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
    answers.push((await connection.runAndReadAll(statement)).getRowObjectsJson());
  }
  process.stdout.write(JSON.stringify(answers));
}

main().catch(fault => { process.stderr.write(String(fault)); process.exit(1); });
