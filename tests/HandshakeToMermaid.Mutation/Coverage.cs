using System.Diagnostics;
using System.Text.Json;

namespace HandshakeToMermaid.Mutation;

/// <summary>Which tests reach which mutants.</summary>
/// <param name="Tests">For each mutant the tests that reach it, the fastest first.</param>
/// <param name="Static">Mutants that are reached while a type is initialized: once in a process.</param>
internal sealed record Coverage(Dictionary<int, List<string>> Tests, HashSet<int> Static)
{
    /// <summary>Runs each test once, without any mutant; one that fails is left out.</summary>
    public static Coverage Measure(string room)
    {
        var mutants = new MutantSwitch();
        var reached = new Dictionary<int, List<(TimeSpan Time, string Test)>>();
        var passing = new List<string>();

        // Discovery asks for the data of theories, and with that for parts of the library.
        RoomTests? tests = null;
        var first = mutants.Covered(() => tests = new RoomTests(room));
        HashSet<int> initial = [.. first.Static];
        using (tests)
        {
            foreach (var test in tests!.All)
            {
                string? failed = null;
                var clock = Stopwatch.StartNew();
                var (all, inTypes) = mutants.Covered(() => failed = tests.FirstFailure([test]));
                if (failed is not null) continue;
                passing.Add(test);
                initial.UnionWith(inTypes);
                foreach (var mutant in all)
                {
                    if (!reached.TryGetValue(mutant, out var list)) reached.Add(mutant, list = []);
                    list.Add((clock.Elapsed, test));
                }
            }

            // What initializes a type is reached by whichever test comes first: each test may depend on it.
            foreach (var mutant in first.All.Concat(initial)) reached[mutant] = [.. passing.Select(static test => (TimeSpan.Zero, test))];
        }

        return new Coverage(reached.ToDictionary(static pair => pair.Key, static pair => pair.Value.OrderBy(static one => one.Time).Select(static one => one.Test).ToList()), [.. first.All, .. initial]);
    }

    /// <summary>
    /// The same for these mutants. A static one is seen to be reached by the test that came first, and by every other one only in its effect: it is asked of all
    /// tests that reach its file, those first that reach the most of it.
    /// </summary>
    public Coverage Of(IReadOnlyList<Mutant> mutants)
    {
        var all = new Dictionary<int, List<string>>(Tests);
        foreach (var file in mutants.GroupBy(static mutant => mutant.File))
        {
            List<string>? tests = null;
            foreach (var mutant in file.Where(static mutant => mutant.IsStatic)) all[mutant.Number] = tests ??= Deepest(file);
        }

        return new Coverage(all.Where(static pair => pair.Value.Count > 0).ToDictionary(), [.. Static, .. mutants.Where(static mutant => mutant.IsStatic).Select(static mutant => mutant.Number)]);
    }

    private List<string> Deepest(IEnumerable<Mutant> file) =>
        [.. file.SelectMany(mutant => Tests.GetValueOrDefault(mutant.Number, [])).GroupBy(static test => test).OrderByDescending(static test => test.Count()).Select(static test => test.Key)];

    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this));

    public static Coverage Read(string path) => JsonSerializer.Deserialize<Coverage>(File.ReadAllBytes(path))!;
}
