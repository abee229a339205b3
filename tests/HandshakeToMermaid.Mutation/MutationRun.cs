using System.Collections.Concurrent;

namespace HandshakeToMermaid.Mutation;

/// <summary>
/// Asks the tests of a namespace for each mutant. Most are asked one after the other in one process, which starts the runtime and compiles the tests
/// once; those that it lets survive, and those in what initializes types, are asked again in a process of their own.
/// </summary>
internal sealed class MutationRun(string room, string coveragePath)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The verdict of each mutant.</summary>
    public IReadOnlyDictionary<Mutant, Verdict> Run(IReadOnlyList<Mutant> mutants, int jobs)
    {
        var coverage = Coverage.Read(coveragePath);
        var verdicts = new ConcurrentDictionary<Mutant, Verdict>();
        foreach (var mutant in mutants.Where(mutant => !coverage.Tests.ContainsKey(mutant.Number))) verdicts[mutant] = Verdict.Unreached;
        var open = new ConcurrentQueue<Mutant>(mutants.Where(mutant => !verdicts.ContainsKey(mutant)));
        Parallel.For(0, jobs, _ =>
        {
            TestProcess? shared = null;
            while (open.TryDequeue(out var mutant))
            {
                verdicts[mutant] = coverage.Static.Contains(mutant.Number) ? Alone(mutant) : Shared(mutant, ref shared);
                if (verdicts.Count % 100 == 0) Console.Error.WriteLine($"{verdicts.Count} of {mutants.Count} mutants");
            }

            shared?.Dispose();
        });
        return verdicts;
    }

    private Verdict Shared(Mutant mutant, ref TestProcess? process)
    {
        process ??= TestProcess.Start(room, coveragePath);
        var verdict = process.Ask(mutant, Patience);
        if (verdict == Verdict.Killed) return verdict;
        if (verdict != Verdict.Survived)
        {
            process.Dispose();
            process = null;
        }

        // One that ends or holds up a process did so by itself; the rest may have been decided by what earlier ones left behind.
        return verdict is Verdict.Crashed or Verdict.TimedOut ? verdict : Alone(mutant);
    }

    private Verdict Alone(Mutant mutant)
    {
        using var process = TestProcess.Start(room, coveragePath);
        var verdict = process.Ask(mutant, 3 * Patience);

        // Alone in its process, it is the mutant itself that left something behind.
        return verdict == Verdict.Stained ? Verdict.Killed : verdict;
    }
}
