namespace HandshakeToMermaid.Capture;

/// <summary>Why a capture could not be opened.</summary>
/// <param name="Kind">The kind of failure.</param>
/// <param name="What">A clause that follows the capture's name: "is empty".</param>
internal readonly record struct OpenFailure(OpenFailureKind Kind, string What)
{
    /// <summary>The sentence for the user.</summary>
    public CaptureException For(string name) => new($"{name} {What}.");

    /// <summary>The same as a damage, where other captures are read nevertheless.</summary>
    public CaptureDamage DamageOf(string name) => new(name, 0, 0, $"it {What}");
}
