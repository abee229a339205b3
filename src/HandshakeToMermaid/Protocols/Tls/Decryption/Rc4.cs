namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>RC4, which the base class library does not offer. TLS forbids it since RFC 7465; old captures still hold it.</summary>
internal sealed class Rc4
{
    private readonly byte[] state = new byte[256];
    private byte i;
    private byte j;

    /// <summary>Begins the stream of a key of 1 to 256 bytes.</summary>
    public Rc4(ReadOnlySpan<byte> key)
    {
        for (var n = 0; n < state.Length; n++) state[n] = (byte)n;
        byte swap = 0;
        for (var n = 0; n < state.Length; n++)
        {
            swap = unchecked((byte)(swap + state[n] + key[n % key.Length]));
            (state[n], state[swap]) = (state[swap], state[n]);
        }
    }

    private Rc4(Rc4 other)
    {
        other.state.CopyTo(state, 0);
        i = other.i;
        j = other.j;
    }

    /// <summary>A stream that goes on from the same place.</summary>
    public Rc4 Fork() => new(this);

    /// <summary>Encrypts or decrypts; the stream goes on after it.</summary>
    public void Apply(ReadOnlySpan<byte> input, Span<byte> output)
    {
        for (var n = 0; n < input.Length; n++)
        {
            i = unchecked((byte)(i + 1));
            j = unchecked((byte)(j + state[i]));
            (state[i], state[j]) = (state[j], state[i]);
            output[n] = (byte)(input[n] ^ state[unchecked((byte)(state[i] + state[j]))]);
        }
    }
}
