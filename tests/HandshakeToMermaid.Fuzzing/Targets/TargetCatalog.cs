namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>All targets.</summary>
internal static class TargetCatalog
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new CapturesTarget(),
        new LiveTarget(),
        new LossTarget(),
        new RedactionTarget(),
        new TlsTarget(),
        new CertificatesTarget(),
        new SecretsTarget(),
        new DnsTarget(),
        new DatagramsTarget(),
        new HttpTarget(),
        new QpackTarget(),
        new TemplatesTarget(),
        new RowsTarget(),
        new RulesTarget(),
    ];

    /// <summary>The target of that name; null where there is none.</summary>
    public static FuzzTarget? Named(string name) => All.FirstOrDefault(target => target.Name == name);
}
