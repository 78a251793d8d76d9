package desk

// DefaultBot is how the bot speaks before anybody has changed it.
func DefaultBot() BotSettings {
	return BotSettings{
		When: BotAlways,
		Welcome: Greeting{
			Text: Both{
				TR: "Merhaba, ben {{bot.name}}. Sorunuzu yazın, hemen yardımcı olmaya çalışayım. Dilediğiniz an bir temsilciye bağlanabilirsiniz.",
				EN: "Hello, I'm {{bot.name}}. Write your question and I'll do my best to help right away. You can talk to a person at any time.",
			},
			Choices: Lists{TR: []string{"Temsilciye bağlan"}, EN: []string{"Talk to a person"}},
		},
		Fallback: Both{
			TR: "Bunu tam anlayamadım. Başka sözcüklerle yazabilir ya da bir temsilciye bağlanabilirsiniz.",
			EN: "I didn't quite understand that. You can put it in other words, or talk to a person.",
		},
		Handover: Handover{
			Words: Lists{
				TR: []string{
					"temsilci", "temsilciye bağlan", "müşteri temsilcisi", "müşteri hizmetleri", "insan", "gerçek kişi",
					"yetkili", "canlı destek", "biriyle görüşmek", "biriyle konuşmak", "birine bağla", "operatör", "robotla konuşmak istemiyorum",
				},
				EN: []string{
					"agent", "human", "person", "representative", "talk to a person", "real person", "someone real",
					"live chat", "customer service", "operator", "talk to someone", "speak to someone",
				},
			},
			Online: Both{
				TR: "Sizi bir temsilciye bağlıyorum. Ekibimizden biri birazdan yanıtlayacak.",
				EN: "I'm connecting you to a person. Somebody from our team will answer shortly.",
			},
			Offline: Both{
				TR: "Şu anda ekibimizden kimse çevrimiçi değil. Mesajınız bize ulaştı; {{hours.opening|ilk fırsatta}} buradan yanıtlayacağız.",
				EN: "Nobody from our team is online right now. Your message has reached us, and we'll answer here {{hours.opening|as soon as we can}}.",
			},
			AskContact: true,
		},
		Misses:    2,
		Threshold: DefaultThreshold,
		FollowUp: FollowUp{
			Text:   Both{TR: "Bu yanıt işinize yaradı mı?", EN: "Did this answer help?"},
			Yes:    Both{TR: "Evet, teşekkürler", EN: "Yes, thanks"},
			No:     Both{TR: "Hayır", EN: "No"},
			Thanks: Both{TR: "Sevindim! Başka bir sorunuz olursa buradayım.", EN: "Glad to hear it! I'm here if you have another question."},
		},
		Model: Model{TimeoutSeconds: 15},
	}
}

// DefaultThreshold is how sure of an answer the bot is at first. It was chosen on
// questions in both languages: see docs/bot.md.
const DefaultThreshold = 0.48
