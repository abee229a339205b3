namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Numbers of bytes as texts of steps and findings.</summary>
internal static class ByteCount
{
    /// <summary>Decimal units, one decimal place from 1,000 bytes on: <c>412 B</c>, <c>3.9 kB</c>, <c>1.2 MB</c>.</summary>
    public static string Text(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1000.0:0.0} kB",
        _ => $"{bytes / 1_000_000.0:0.0} MB",
    };
}
