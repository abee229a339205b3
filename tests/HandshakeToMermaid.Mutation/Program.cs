using System.Diagnostics;
using System.Globalization;
using HandshakeToMermaid.Mutation;

// Beside a library into which Stryker compiled mutants: "run TESTS REPORT FOLDER JOBS EVERY" asks the tests of the namespace TESTS for each (or every second,
// third, ...) mutant of Stryker's report, writes those that no test notices to FOLDER/survivors.txt, and prints how many mutants there are, how many were
// caught and how many missed. "cover" and "tests" are its other processes.
switch (args)
{
    case ["run", var tests, var report, var folder, var jobs, var every]:
        var all = MutantReport.Read(report);
        var step = int.Parse(every, CultureInfo.InvariantCulture);
        var mutants = all.Where((_, place) => place % step == 0).ToList();
        var coverage = Path.Combine(folder, "coverage.json");
        using (var covering = Process.Start(Environment.ProcessPath!, ["cover", tests, coverage])) covering.WaitForExit();
        Coverage.Read(coverage).Of(all).Write(coverage);
        var verdicts = new MutationRun(tests, coverage).Run(mutants, int.Parse(jobs, CultureInfo.InvariantCulture));
        var missed = mutants.Where(mutant => verdicts[mutant] is Verdict.Survived or Verdict.Unreached).ToList();
        File.WriteAllLines(Path.Combine(folder, "survivors.txt"), missed.Select(mutant => $"{mutant.Place} {verdicts[mutant]} [{mutant.Number}] {mutant.Change}"));
        Console.WriteLine($"{all.Count} {mutants.Count - missed.Count} {missed.Count}");
        return 0;
    case ["cover", var tests, var path]:
        Coverage.Measure(tests).Write(path);
        return 0;
    case ["tests", var tests, var coveragePath]:
        TestProcess.Serve(tests, coveragePath);
        return 0;
    default:
        Console.Error.WriteLine("usage: run TESTS REPORT FOLDER JOBS EVERY");
        return 2;
}
