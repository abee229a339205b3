using HandshakeToMermaid.Fuzzing.Mutation;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Targets;

namespace HandshakeToMermaid.Fuzzing.Tests;

/// <summary>A short run of every target with a fixed seed, over the samples alone; time is not judged here.</summary>
public sealed class ShortRunTests
{
    private static readonly List<Material> Samples = Material.Find(Corpus.Repository, captures: null);

    public static TheoryData<string> Targets => [.. TargetCatalog.All.Select(target => target.Name)];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var target in TargetCatalog.All)
            {
                foreach (var path in Corpus.Cases(target)) cases.Add(target.Name, Path.GetFileName(path));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_short_run_finds_nothing(string name)
    {
        var target = TargetCatalog.Named(name)!;
        var found = new List<string>();
        var run = new FuzzRun(target, new Mutator(target, Corpus.Of(target, Samples), Seed));
        run.Run(isFromSeeds: false, () => run.Inputs < target.ShortRun, judgesTime: false, (number, _, failure) => found.Add($"--target {name} --seed {Seed} --case {number}: {failure.Text}"));
        Assert.Empty(found);
        Assert.Equal(target.ShortRun, run.Inputs);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_was_found_once_stays_mended(string name, string file)
    {
        var target = TargetCatalog.Named(name)!;
        if (target is LossTarget) _ = Corpus.Of(target, Samples);
        var input = File.ReadAllBytes(Corpus.Cases(target).Single(path => Path.GetFileName(path) == file));
        Assert.Null(Measure.Of(target, input, judgesTime: false).Failure?.Text);
    }

    private const int Seed = 1;
}
