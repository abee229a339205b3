namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>A line of a key log that could not be used.</summary>
/// <param name="Line">Its number, 1 for the first.</param>
/// <param name="Reason">Why, without anything of the line itself: it may hold a secret.</param>
internal readonly record struct KeyLogFault(long Line, string Reason)
{
    /// <summary>"line 7: the secret has 31 bytes".</summary>
    public override string ToString() => $"line {Line}: {Reason}";
}
