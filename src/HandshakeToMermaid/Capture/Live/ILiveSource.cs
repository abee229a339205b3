namespace HandshakeToMermaid.Capture.Live;

/// <summary>Frames while they happen.</summary>
internal interface ILiveSource : ICaptureSource
{
    /// <summary>Waits a short while (<see cref="LiveCapture.Patience"/>) for the next frame, whose bytes stay valid until the next call.</summary>
    LiveRead Next(out CapturedFrame frame);

    /// <summary>
    /// The time up to which every frame has been returned, as far as that is known: where no frame came, capture time goes
    /// on by it. Never later than a frame that is still to come.
    /// </summary>
    Timestamp QuietUntil { get; }

    /// <summary>Nothing more is read: what goes with the frames is completed.</summary>
    /// <param name="until">How far capture time had gone.</param>
    void End(Timestamp until)
    {
    }

    /// <summary>What the kernel and the interface counted so far.</summary>
    LiveStatistics Statistics { get; }
}
