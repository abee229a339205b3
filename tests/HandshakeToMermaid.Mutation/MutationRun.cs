using System.Collections.Concurrent;

namespace HandshakeToMermaid.Mutation;

/// <summary>
/// Asks the tests of a namespace for each mutant. Most are asked one after the other in one process, which starts the runtime and compiles the tests
/// once; those in what initializes types are asked in a process of their own. A value that an earlier test left in a cache can let a mutant survive here
/// that would not survive alone.
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
        if (verdict is Verdict.Killed or Verdict.Survived) return verdict;
        process.Dispose();
        process = null;
        return verdict == Verdict.Stained ? Alone(mutant) : verdict;
    }

    private Verdict Alone(Mutant mutant)
    {
        using var process = TestProcess.Start(room, coveragePath);
        var verdict = process.Ask(mutant, 3 * Patience);

        // Alone in its process, it is the mutant itself that left something behind.
        return verdict == Verdict.Stained ? Verdict.Killed : verdict;
    }
}
