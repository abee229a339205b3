using System.Reflection;

namespace HandshakeToMermaid.Mutation;

/// <summary>What Stryker compiled into the library beside its mutants: the number of the active one, and which were reached.</summary>
internal sealed class MutantSwitch
{
    private readonly FieldInfo active;
    private readonly FieldInfo capture;
    private readonly MethodInfo covered;
    private readonly MethodInfo reset;

    public MutantSwitch()
    {
        // Stryker puts it into a namespace with a name of its own for each run.
        var control = typeof(Handshakes).Assembly.GetTypes().FirstOrDefault(static type => type.Name == "MutantControl" && type.Namespace!.StartsWith("Stryker", StringComparison.Ordinal))
            ?? throw new InvalidOperationException("the library beside this program holds no mutants");
        (active, capture) = (control.GetField("ActiveMutant")!, control.GetField("CaptureCoverage")!);
        (covered, reset) = (control.GetMethod("GetCoverageData")!, control.GetMethod("ResetCoverage")!);
        Activate(null);
    }

    /// <summary>Makes one mutant the active one, or none.</summary>
    public void Activate(int? number) => active.SetValue(null, number ?? -1);

    /// <summary>The mutants that an action reaches, and those among them that it reaches while a type is initialized.</summary>
    public (IReadOnlyCollection<int> All, IReadOnlyCollection<int> Static) Covered(Action action)
    {
        reset.Invoke(null, null);
        capture.SetValue(null, true);
        action();
        capture.SetValue(null, false);
        var found = (IList<int>[])covered.Invoke(null, null)!;
        return ([.. found[0].Concat(found[1]).Distinct()], [.. found[1]]);
    }
}
