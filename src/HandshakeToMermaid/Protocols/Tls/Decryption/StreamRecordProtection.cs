namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Records under RC4, or without encryption, with a MAC (RFC 5246 section 6.2.3.1, <c>GenericStreamCipher</c>).</summary>
internal sealed class StreamRecordProtection : RecordProtection
{
    private readonly RecordMac mac;
    private Rc4? cipher;

    /// <summary>Prepares the keys of a direction; an empty key stands for no encryption.</summary>
    public StreamRecordProtection(RecordMac mac, ReadOnlySpan<byte> key)
    {
        this.mac = mac;
        cipher = key.IsEmpty ? null : new Rc4(key);
    }

    /// <inheritdoc/>
    public override void Skip(long bytes, ReadOnlySpan<byte> tail)
    {
        if (cipher is null) return;
        Span<byte> passed = stackalloc byte[1024];
        for (; bytes > 0; bytes -= passed.Length)
        {
            if (bytes < passed.Length) passed = passed[..(int)bytes];
            cipher.Apply(passed, passed);
        }
    }

    /// <inheritdoc/>
    protected override RecordFault Open(ulong sequence, ref byte contentType, ushort version, ReadOnlySpan<byte> fragment, Span<byte> output, out int start, out int length)
    {
        start = 0;
        length = fragment.Length - mac.Length;
        if (length < 0) return RecordFault.TooShort;

        var opened = output[..fragment.Length];
        var next = cipher?.Fork();
        if (next is null) fragment.CopyTo(opened);
        else next.Apply(fragment, opened);
        if (!mac.Fits(sequence, contentType, version, opened[..length], opened[length..])) return RecordFault.BadMac;
        cipher = next;
        return RecordFault.None;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => mac.Dispose();
}
